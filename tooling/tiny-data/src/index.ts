export { comparisonFile } from './comparison-file.js';
export { filesBelow } from './files-below.js';
export { scratchFolder } from './scratch-folder.js';
export { onlyText, tinyDataset } from './tiny-dataset.js';
