// For music-metadata, whose default import of this CommonJS package means the whole package, as in Node.
// __esModule of the package would make jest look for an export named `default`.
exports.default = require('../../node_modules/content-type/dist/index.js');
exports.__esModule = true;
