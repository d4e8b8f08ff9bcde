import sharp from 'sharp';

/**
 * This package is loaded at the first picture. It is built for WebAssembly (docs/decisions/0027-pictures.md). Only the
 * readers of formats that are published can run: readers of other formats, such as SVG, are blocked.
 */
sharp.concurrency(1);
sharp.cache(false);
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['Jpeg', 'Png', 'Nsgif', 'Webp', 'Heif'].map(format => `VipsForeignLoad${format}Buffer`),
});

export type { Sharp as Image } from 'sharp';
export default sharp;
