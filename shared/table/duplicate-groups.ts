import { CONFLICT, retryOnConflict } from '../errors/retry-on-conflict.ts';
import { recordKey } from './article-item.ts';
import type { Item, ItemKey } from './keys.ts';
import type { TableClient } from './table-client.ts';

/** Who stands for a duplicate group. */
export interface Canonical {
  /** Id of the member that is shown; in a killed group, of the article whose kill covers the group. */
  member: string;
  killed: boolean;
  /** Id of the member that was shown when the group was killed, until that member is hidden. */
  hides?: string | undefined;
}

/** A duplicate that waits in its group. */
export interface GroupMember {
  id: string;
  /** Since when its file has been in the group, RFC 3339. The eldest member is promoted first. */
  since: string;
  /** The version of its record that entered it. */
  version: number;
}

/** An editor's kill of one article, as far as it covers one duplicate group. */
export interface Kill {
  group: string;
  /** Since when the article had been in the group. */
  since: string;
  /** The fingerprint of the text that was killed, by which nearly equal texts are found. */
  nearHash?: string | undefined;
}

const CANONICAL_SK = 'canonical';
const MEMBER_SK = 'member#';
const KILL_SK = 'kill#';

/**
 * The items of duplicate groups: one canonical item for each group, which is changed by compare-and-swap, and one
 * item for each member that waits. No item grows with its group, so an entry costs the same in a group of ten and
 * of ten thousand. `duplicates.ts` decides what is written.
 */
export class DuplicateGroups {
  readonly #table: TableClient;

  constructor(table: TableClient) {
    this.#table = table;
  }

  /** The canonical of a group; undefined where the group has none. */
  async canonical(group: string): Promise<Canonical | undefined> {
    return canonicalOf(await this.#table.get(group, canonicalKey(group)));
  }

  /** The canonicals of many groups; groups without one are left out. */
  async canonicals(groups: Iterable<string>): Promise<Map<string, Canonical>> {
    const found = new Map<string, Canonical>();
    for await (const item of this.#table.getMany([...new Set(groups)].map(canonicalKey))) {
      const canonical = canonicalOf(item);
      if (canonical !== undefined) found.set(String(item.pk).slice(GROUP_PK.length), canonical);
    }
    return found;
  }

  /** Makes an article the canonical of a group that has none. Returns who is the canonical now. */
  async claim(group: string, id: string): Promise<Canonical> {
    const claimed = { member: id, killed: false };
    return retryOnConflict(group, this.#table.pacing, async () => {
      if (await this.replaceCanonical(group, undefined, claimed)) return claimed;
      const canonical = await this.canonical(group);
      return canonical ?? CONFLICT;
    });
  }

  /**
   * Replaces the canonical of a group on condition that it is still `before`; undefined stands for none.
   * @returns whether it was replaced
   */
  async replaceCanonical(
    group: string,
    before: Canonical | undefined,
    after: Canonical | undefined,
  ): Promise<boolean> {
    const condition = unchanged(before);
    if (after === undefined) return this.#table.deleteIf(group, canonicalKey(group), condition);
    const { member, killed, hides } = after;
    const item = {
      ...canonicalKey(group),
      member,
      ...(killed && { killed: true }),
      ...(hides !== undefined && { hides }),
    };
    return this.#table.putIf(group, item, condition);
  }

  /** Enters a duplicate into its group. Entering it again changes nothing. */
  async enter(group: string, { id, since, version }: GroupMember): Promise<void> {
    await this.#table.putIfNewer(id, { ...memberKey(group, { id, since }), version }, 'version');
  }

  /** Takes a duplicate out of its group, unless a later version of its record has entered it again. */
  async leave(group: string, { id, since, version }: GroupMember): Promise<void> {
    await this.#table.deleteUnlessNewer(id, memberKey(group, { id, since }), 'version', version);
  }

  /** The members of a group that wait, eldest first. */
  async members(group: string, limit: number): Promise<GroupMember[]> {
    const items = await this.#query(`${GROUP_PK}${group}`, MEMBER_SK, limit);
    return items.map(({ sk, version }) => {
      const [since = '', id = ''] = String(sk).slice(MEMBER_SK.length).split('#');
      return { id, since, version: Number(version) };
    });
  }

  /** Notes that the kill of an article covers a group. */
  async noteKill(id: string, { group, since, nearHash }: Kill): Promise<void> {
    // First beside the record, where `restore` looks for the groups.
    await this.#table.put(id, { ...killKey(id, group), since, ...(nearHash !== undefined && { nearHash }) });
    await this.#table.put(id, killerKey(group, id));
  }

  /** The groups that the kill of an article covers. */
  async kills(id: string): Promise<Kill[]> {
    const items = await this.#query(recordKey(id).pk, KILL_SK);
    return items.map(({ sk, since, nearHash }) => ({
      group: String(sk).slice(KILL_SK.length),
      since: String(since),
      ...(typeof nearHash === 'string' && { nearHash }),
    }));
  }

  /** Ids of articles whose kills cover a group: the first two, so that one is another than a given article. */
  async killers(group: string): Promise<string[]> {
    const items = await this.#query(`${GROUP_PK}${group}`, KILL_SK, 2);
    return items.map(({ sk }) => String(sk).slice(KILL_SK.length));
  }

  /** Takes an article out of those whose kills cover a group. {@link kills} still names the group. */
  async removeKiller(group: string, id: string): Promise<void> {
    await this.#table.delete(id, killerKey(group, id));
  }

  /** Forgets that the kill of an article covered a group. */
  async forgetKill(id: string, group: string): Promise<void> {
    await this.#table.delete(id, killKey(id, group));
  }

  /** The items of a partition whose sort keys begin so, in order; consistent. */
  async #query(pk: string, begins: string, limit?: number): Promise<Item[]> {
    const found: Item[] = [];
    for await (const item of this.#table.query(pk, { sort: { begins }, limit })) found.push(item);
    return found;
  }
}

const GROUP_PK = 'group#';

function canonicalKey(group: string): ItemKey {
  return { pk: `${GROUP_PK}${group}`, sk: CANONICAL_SK };
}

function memberKey(group: string, { id, since }: Pick<GroupMember, 'id' | 'since'>): ItemKey {
  return { pk: `${GROUP_PK}${group}`, sk: `${MEMBER_SK}${since}#${id}` };
}

/** In the group: that it is killed, and by which article. */
function killerKey(group: string, id: string): ItemKey {
  return { pk: `${GROUP_PK}${group}`, sk: `${KILL_SK}${id}` };
}

/** Beside the record of the article: which groups its kill covers. */
function killKey(id: string, group: string): ItemKey {
  return { pk: recordKey(id).pk, sk: `${KILL_SK}${group}` };
}

function canonicalOf(item: Item | undefined): Canonical | undefined {
  if (typeof item?.member !== 'string') return undefined;
  const { member, killed, hides } = item;
  return { member, killed: killed === true, ...(typeof hides === 'string' && { hides }) };
}

/** The condition that a canonical is still the one that was read. */
function unchanged(canonical: Canonical | undefined) {
  if (canonical === undefined) return { ConditionExpression: 'attribute_not_exists(pk)' };
  const names = { '#member': 'member', '#killed': 'killed' };
  const values = { ':member': canonical.member };
  return canonical.killed
    ? {
        ConditionExpression: '#member = :member AND #killed = :killed',
        ExpressionAttributeNames: names,
        ExpressionAttributeValues: { ...values, ':killed': true },
      }
    : {
        ConditionExpression: '#member = :member AND attribute_not_exists(#killed)',
        ExpressionAttributeNames: names,
        ExpressionAttributeValues: values,
      };
}
