const COMMANDS: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '<': '$<$',
  '>': '$>$',
  '|': '$|$',
  '"': "''",
  '−': '$-$',
  '±': '$\\pm$',
  '→': '$\\to$',
  '–': '--',
  '’': "'",
  '·': '$\\cdot$',
};

/** Text that LaTeX typesets as it stands. */
export function escapeLatex(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\~^<>|"−±→–’·&%$#_{}]/g, (sign) => COMMANDS[sign] ?? `\\${sign}`);
}
