import { describe, expect, it } from 'vitest';
import { cleanText } from '../src/index.js';

describe('cleanText', () => {
  const cases: [values: unknown[], text: string][] = [
    [['One', 'two'], 'One two'],
    [['', null, undefined, '  ', 'one'], 'one'],
    [[7, true, ['a', ['b', null]]], '7 true a b'],
    [["['One.', \"Two's\", 'a\\'b\\n\\u00e9\\xe9']"], "One. Two's a'b éé"],
    [['[]'], ''],
    [["['One'"], "['One'"],
    [["['One' 'two']"], "['One' 'two']"],
    [['[1, 2]'], '[1, 2]'],
    [['a <b>bold</b><br/>line<!-- not <b>this</b> --> end'], 'a bold line end'],
    [['<script>var x = "<b>";</script>seen<style>p { }</style>'], 'seen'],
    [['1 < 2 and 3 > 2, <3'], '1 < 2 and 3 > 2, <3'],
    [['R&amp;D &lt;b&gt; &eacute; &#8482; &#x41; &nope; AT&T'], 'R&D <b> é ™ A &nope; AT&T'],
    [['e\u0301'], 'é'],
    [['a\u0000\u0007b\t\n c'], 'a b c'],
    [['\ud800x'], '\ufffdx'],
    [['<script>never closed'], 'never closed'],
  ];
  it.each(cases)('%j', (values, text) => {
    expect(cleanText(values, 'here')).toBe(text);
  });

  it('truncates very long text, and is fast on input designed to be slow', () => {
    const started = performance.now();
    expect(cleanText(['x'.repeat(1e7)], 'here')).toHaveLength(20_000);
    for (const part of ['<script>', '<a ', '<!--', '&', '&#', "['", '<', '[', '\\', "'a',", '<b><'])
      cleanText([part.repeat(2e6 / part.length), `[${part.repeat(5e5 / part.length)}]`], 'here');
    expect(performance.now() - started).toBeLessThan(20_000);
  });
});
