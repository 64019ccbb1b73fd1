/** Shows the button beside the command and lets it copy. */
export function setUpCopy(button: HTMLButtonElement): void {
  const code = button.closest('.command')?.querySelector('code');
  if (!code) return;
  const say = (message: string) => {
    button.textContent = message;
    setTimeout(() => {
      button.textContent = 'Copy';
    }, 1600);
  };
  // The clipboard is closed to some pages opened from a file: then the command is at least selected.
  const select = () => {
    getSelection()?.selectAllChildren(code);
    say('Selected');
  };
  button.hidden = false;
  button.addEventListener('click', () => {
    if (!navigator.clipboard) return select();
    navigator.clipboard.writeText(code.textContent ?? '').then(() => say('Copied'), select);
  });
}
