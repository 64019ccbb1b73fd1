const LIGHT = `--paper: #fff; --ink: #1b2026; --quiet: #59636e; --rule: #d3d9df; --faint: #e9edf0; --wash: #f6f8f9; --link: #0a5c99;
  --s0: #d55e00; --s1: #0072b2; --s2: #00875f; --s3: #b5568c; --s4: #b27a00; --s5: #2b8cc4; --s6: #33383e; --s7: #57606a;`;

const DARK = `--paper: #14171a; --ink: #e4e7ea; --quiet: #a4adb6; --rule: #3b424a; --faint: #272c32; --wash: #1c2024; --link: #7cc0ee;
  --s0: #f08a3c; --s1: #56b4e9; --s2: #22b98b; --s3: #d98fb6; --s4: #e6b23c; --s5: #a5d8f5; --s6: #c9ced3; --s7: #a2abb4;`;

/**
 * The page's colours. Those of lines, `--s0` and so on, are of Okabe and Ito (2008), which readers with colour-vision deficiencies tell
 * apart, a little darker on white and lighter on black where they would have less than 3:1 contrast. Paper is always white.
 */
export const colourStyle = `
:root { color-scheme: light dark; ${LIGHT} }
@media screen and (prefers-color-scheme: dark) { :root { ${DARK} } }
`;
