/** Type, spacing, sections. */
export const textStyle = `
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-padding-top: 72px; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Liberation Sans", Arial, sans-serif;
}
.page { max-width: 1160px; margin: 0 auto; padding: 56px 32px 96px; }
h1 { font-size: 34px; line-height: 1.18; font-weight: 650; letter-spacing: -.014em; margin: 0 0 12px; overflow-wrap: anywhere; text-wrap: balance; }
h2 { font-size: 23px; line-height: 1.3; font-weight: 650; letter-spacing: -.006em; margin: 0 0 10px; }
h3 { font-size: 17px; line-height: 1.4; font-weight: 620; margin: 44px 0 6px; overflow-wrap: anywhere; }
p { margin: 0 0 12px; }
a { color: var(--link); text-underline-offset: 3px; }
section { margin-top: 72px; }
.about { color: var(--quiet); max-width: 76ch; margin-bottom: 18px; }
.small { font-size: 13px; color: var(--quiet); }
[hidden] { display: none !important; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 3px; }
select, button, input { font: inherit; color: inherit; }
select { font-size: 15px; padding: 5px 8px; border: 1px solid var(--quiet); border-radius: 6px; background: var(--paper); max-width: 100%; }
button { cursor: pointer; }
pre, code { font: 13px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; }
pre { overflow-x: auto; margin: 0; padding: 12px; background: var(--wash); border-radius: 6px; }
@media (max-width: 640px) {
  .page { padding: 32px 16px 64px; }
  h1 { font-size: 27px; }
  h2 { font-size: 21px; }
  section { margin-top: 56px; }
}
`;
