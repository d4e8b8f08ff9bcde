/** Laws of the template. They stand in files of their own, and run as one: the CDK takes longer to load than they do. */
import './laws/adoption.ts';
import './laws/alarms.ts';
import './laws/assets.ts';
import './laws/bulk-work.ts';
import './laws/functions.ts';
import './laws/mailbox.ts';
import './laws/metrics.ts';
import './laws/nag.ts';
import './laws/partitions.ts';
import './laws/probes.ts';
import './laws/queues.ts';
import './laws/rollout.ts';
import './laws/safety.ts';
import './laws/second-region.ts';
import './laws/site.ts';
import './laws/stages.ts';
