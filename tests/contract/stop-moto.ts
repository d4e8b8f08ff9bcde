import { endAll } from '../deploy/emulator/processes.ts';

/** Ends what `start-moto.ts` has started, in the same process. */
export default endAll;
