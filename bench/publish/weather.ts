import type { Random } from './random.ts';
import type { VirtualTime } from './virtual-time.ts';
import { type Call, conditionFailed, fault, type Wire } from './wire.ts';

/** What goes wrong between a publisher and the services; probabilities for each request. */
export interface Weather {
  /** A conditional write to a bucket is refused though its condition holds. */
  refused: number;
  /** A conditional write is carried out and refused all the same: the SDK has sent it again, as it does after a lost answer. */
  doubted: number;
  /** The request fails before it arrives, or its answer is lost: the publisher dies of it. */
  failed: number;
  /** The request or its answer takes up to {@link STALL_MS} instead of up to {@link USUAL_MS}. */
  stalled: number;
}

const USUAL_MS = 30;
const STALL_MS = 3_000;

/** How often each went wrong. */
export interface Injected {
  requests: number;
  refused: number;
  doubted: number;
  failed: number;
}

/** A wire on which each request takes its time, in virtual time, and some go wrong; `injected` is counted up. */
export function weatheredWire(random: Random, time: VirtualTime, weather: Weather, injected: Injected): Wire {
  const delay = () => time.sleep(1 + random.below(random.chance(weather.stalled) ? STALL_MS : USUAL_MS));
  const count = (what: keyof Injected, probability: number) => {
    if (!random.chance(probability)) return false;
    injected[what]++;
    return true;
  };
  return async (call, act) => {
    injected.requests++;
    await delay();
    if (count('failed', weather.failed / 2)) throw fault('InternalError', 500);
    if (call.conditional && call.service === 's3' && count('refused', weather.refused))
      throw conditionFailed('s3');
    const { output } = await act();
    await delay();
    if (count('failed', weather.failed / 2)) throw fault('InternalError', 500);
    if (isRepeatable(call) && count('doubted', weather.doubted)) {
      // A second try meets what the first has written.
      if (call.conditional) throw conditionFailed(call.service);
      return (await act()).output;
    }
    return output;
  };
}

/** Writes of which a second try differs from the first. */
function isRepeatable({ conditional, operation }: Call): boolean {
  return conditional || operation === 'UpdateItem';
}
