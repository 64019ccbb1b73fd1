import { chartKit } from './chart/chart-kit.js';
import { pageScript } from './page-script.js';

/**
 * The page's script: the source text of self-contained functions, taken from the running program, so that what draws on
 * the server is what draws in the page.
 *
 * esbuild with keepNames (tsx does this) wraps inner functions in calls of a helper `__name`, which the page does not
 * have; the stand-in returns the function as it is.
 */
export function embedScript(): string {
  const kit = Object.entries(chartKit).map(([name, part]) => `${JSON.stringify(name)}: ${part.toString()}`);
  const script = `(() => {
const __name = (target) => target;
const kit = {
${kit.join(',\n')}
};
const data = JSON.parse(document.getElementById('page-data').textContent);
(${pageScript.toString()})(kit, data);
})();`;
  // Inside strings and templates `<\/` reads as `</`; it cannot end the script element.
  return script.replaceAll('</', '<\\/');
}
