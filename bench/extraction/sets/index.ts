import { aeb } from './aeb.ts';
import { fundus } from './fundus.ts';
import type { PageSet } from './page-set.ts';
import { traf } from './traf.ts';
import { wcxb } from './wcxb.ts';

export const SET_NAMES = ['aeb', 'traf', 'wcxb', 'fundus'] as const;
export type SetName = (typeof SET_NAMES)[number];

/** Every set by its name, which is also the name of its folder. */
export const SETS = { aeb, traf, wcxb, fundus } as Readonly<Record<SetName, PageSet>>;
