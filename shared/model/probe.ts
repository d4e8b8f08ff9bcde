/** Event that makes a function try each kind of read and write of its role, without an effect. */
export interface ProbeEvent {
  copydesk: 'probe';
}

/** A call that tries one action of a role. It has no effect. */
export interface ProbeCall {
  /** IAM action: `s3:PutObject`. */
  action: string;
  /** The resource in words: `editions/ of the storage bucket`. */
  resource: string;
  /** @throws CopydeskError if AWS refuses the call */
  call(): Promise<unknown>;
}

/** A call that failed, and the answer of AWS. */
export interface ProbeFault extends Pick<ProbeCall, 'action' | 'resource'> {
  message: string;
}

/** The answer of a function to a probe. */
export interface ProbeAnswer {
  /** Number of calls that were tried. */
  tried: number;
  faults: ProbeFault[];
  /** What the WebSub hub answered to publish. Absent without a hub, and in answers of ingest. */
  hub?: HubProbe | undefined;
}

export interface HubProbe {
  /** Address of the hub. */
  address: string;
  /** Why the hub does not take notifications. Absent if it does. */
  fault?: string | undefined;
}

/** The answer of Lambda's Invoke to a probe. */
export interface Probed {
  probed: ProbeAnswer;
}

/** Beginning of the keys of objects and items that only probes name. */
export const PROBE_KEY = 'copydesk-probe';

export function isProbe(event: object): event is ProbeEvent {
  return 'copydesk' in event && event.copydesk === 'probe';
}
