type Order = 'ascending' | 'descending' | 'none';

/** Turns a table's headings into buttons that sort its rows, within each group of rows; a third press restores the order. */
export function setUpSorting(table: HTMLTableElement): void {
  const headings = [...table.querySelectorAll<HTMLTableCellElement>('thead th')];
  const groups = [...table.tBodies].map((body) => {
    const rows = [...body.rows].filter((row) => !row.classList.contains('group'));
    return { body, rows };
  });
  headings.forEach((heading, column) => {
    const numeric = heading.classList.contains('n');
    const orders: Order[] = numeric ? ['descending', 'ascending', 'none'] : ['ascending', 'descending', 'none'];
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener('click', () => {
      const now = (heading.getAttribute('aria-sort') ?? 'none') as Order;
      const order = orders[(orders.indexOf(now) + 1) % orders.length]!;
      for (const other of headings) other.removeAttribute('aria-sort');
      if (order !== 'none') heading.setAttribute('aria-sort', order);
      for (const { body, rows } of groups) body.append(...(order === 'none' ? rows : sorted(rows, column, order)));
    });
  });
}

/** Cells without a value come last in either order. */
function sorted(rows: readonly HTMLTableRowElement[], column: number, order: Order): HTMLTableRowElement[] {
  const direction = order === 'ascending' ? 1 : -1;
  return [...rows].sort((a, b) => {
    const [left, right] = [sortValue(a.cells[column]), sortValue(b.cells[column])];
    if (left === undefined || right === undefined) return Number(left === undefined) - Number(right === undefined);
    if (typeof left === 'number' && typeof right === 'number') return (left - right) * direction;
    return String(left).localeCompare(String(right), 'en') * direction;
  });
}

function sortValue(cell: HTMLTableCellElement | undefined): number | string | undefined {
  if (cell?.dataset.value !== undefined) return Number(cell.dataset.value);
  const text = cell?.textContent?.trim() ?? '';
  return text === '' || text === '–' ? undefined : text;
}
