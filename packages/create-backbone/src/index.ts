export { type BackboneName, backboneName } from './backbone-name.js';
export { type Created, type CreateOptions, createBackbone } from './create-backbone.js';
export { type Files, ownTemplate, renderTemplates } from './render-template.js';
export { refuseExisting, writeNewFolder } from './write-files.js';
