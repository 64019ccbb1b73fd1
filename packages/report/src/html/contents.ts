/** Links to the sections that the page has. */
export function contents(sections: readonly string[]): string {
  const links = sections.flatMap((section) => {
    const found = /<section id="([a-z0-9-]+)"[\s\S]*?<h2[^>]*>([^<]*)<\/h2>/.exec(section);
    return found ? [`<li><a href="#${found[1]}">${found[2]}</a></li>`] : [];
  });
  return `<nav aria-label="Sections"><ul>${links.join('')}</ul></nav>`;
}
