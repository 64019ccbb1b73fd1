import { chartStyle } from './style/chart-style.js';
import { colourStyle } from './style/colour-style.js';
import { detailStyle } from './style/detail-style.js';
import { headerStyle } from './style/header-style.js';
import { printStyle } from './style/print-style.js';
import { tableStyle } from './style/table-style.js';
import { textStyle } from './style/text-style.js';

/** The page's style; later parts override earlier ones. */
export const pageStyle = [colourStyle, textStyle, headerStyle, tableStyle, chartStyle, detailStyle, printStyle].join(
  '\n',
);
