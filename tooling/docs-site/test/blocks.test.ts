import { expect, test } from 'vitest';
import { builtBlocks } from './built-blocks.js';
import { sourceBlocks } from './source-blocks.js';

test('reads the texts of a page in order, with braces, escapes and words in angle brackets', () => {
  const page =
    '# A {#id}\n\n| a | b |\n| - | - |\n| {m} | M \\ \\{m\\} |\n\n- one <name> `{{ x }}`\n\n```sh\nrun <file>\n```\n';
  expect(sourceBlocks(page)).toEqual(['A{#id}', 'a', 'b', '{m}', 'M\\{m}', 'one<name>{{x}}', 'run<file>']);
});

test('reads equations as TeX, and leaves out comments and anchors', () => {
  const page = '<!-- note -->\n\n<a id="x"></a> $a_b$ and $$c \\\\ d$$ end, in `$HOME`';
  expect(sourceBlocks(page)).toEqual(['a_band', 'c\\\\d', 'end,in$HOME']);
});

test('reads the content of a built page without what VitePress adds', () => {
  const equation =
    '<span class="katex"><math><mi>a</mi><annotation encoding="application/x-tex">a</annotation></math><span>a</span></span>';
  const html = `<nav>menu</nav><main><div class="vp-doc _x"><h1>T<a class="header-anchor">#</a></h1><p>for ${equation}</p>
    <table><tr><td></td><td>M</td></tr></table><div><button class="copy">copy</button><span class="lang">sh</span><pre>run</pre></div></div>foot</main>`;
  expect(builtBlocks(html)).toEqual(['T', 'fora', 'M', 'run']);
});
