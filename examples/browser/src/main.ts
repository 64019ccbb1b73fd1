import { type Model, openModel } from './open-model.js';
import { type Request, readRequest } from './request.js';
import { showFault, showList, showSeen } from './show.js';

const form = document.querySelector('form')!;

try {
  const model = await openModel('exported/browser');
  fillForm(model);
  form.addEventListener('input', ({ target }) => {
    chooseWhoIsMeant(target as HTMLElement);
    answer(model);
  });
  form.addEventListener('submit', (event) => event.preventDefault());
  answer(model);
} catch (error) {
  showFault(error);
}

function fillForm({ users, items, views, backbone, engine }: Model): void {
  const user = form.elements.namedItem('user') as HTMLSelectElement;
  for (let number = 0; number < users.count; number++) user.add(new Option(String(users.idOf(number)), String(number)));
  const choices = views.map(({ name }, index) => {
    const radio = Object.assign(document.createElement('input'), { type: 'radio', name: 'view', value: String(index) });
    radio.checked = index === 0;
    const label = document.createElement('label');
    label.className = 'choice';
    label.append(radio, ` ${name}`);
    return label;
  });
  document.querySelector('#views')!.append(...choices);
  document.querySelector('#model')!.textContent =
    `A ${backbone.toUpperCase()} model of ${users.count} users and ${items.count} items, trained elsewhere. ` +
    `It runs in this page on TensorFlow.js ${engine.version} (${engine.name}). Nothing you choose leaves the page.`;
}

/** Picking a user or typing items also selects that choice. */
function chooseWhoIsMeant({ id }: HTMLElement): void {
  if (id !== 'user' && id !== 'items') return;
  form.querySelector<HTMLInputElement>(`[name=who][value=${id}]`)!.checked = true;
}

function answer(model: Model): void {
  let request: Request;
  try {
    request = readRequest(new FormData(form), model);
  } catch (error) {
    showFault(error);
    return;
  }
  const { recommender } = request.view;
  const start = performance.now();
  const list =
    request.user === undefined
      ? recommender.forItems({ given: request.given, k: 10 })
      : recommender.forUsers([request.user], { k: 10 })[0]!;
  showList(list, model, performance.now() - start);
  showSeen(request.user === undefined ? request.given : recommender.seenBy(request.user), model);
}
