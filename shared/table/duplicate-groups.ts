import { CONFLICT, retryOnConflict } from '../errors/retry-on-conflict.ts';
import { recordKey } from './article-item.ts';
import type { Item, ItemKey } from './keys.ts';
import type { Condition, TableClient } from './table-client.ts';

export interface Canonical {
  /** Id of the live member. In a killed group: id of the article whose kill covers the group. */
  member: string;
  killed: boolean;
  /** Id of the member that was live when the group was killed. Absent once this member is a duplicate. */
  hides?: string | undefined;
  /** A function has seen that the member is not live, and reads it once more before it replaces it. */
  doubted?: boolean | undefined;
}

/** A duplicate that waits in its group. */
export interface GroupMember {
  id: string;
  /** Time since which the duplicate is in the group, RFC 3339. The oldest member is promoted first. */
  since: string;
  /** Version of its record with which it entered the group. */
  version: number;
}

/** A duplicate group that an editor's kill of an article covers. */
export interface Kill {
  group: string;
  /** Time since which the article was in the group. */
  since: string;
  /** Fingerprint of the killed text, for finding near duplicates. */
  nearHash?: string | undefined;
}

const CANONICAL_SK = 'canonical';
const MEMBER_SK = 'member#';
const KILL_SK = 'kill#';

/**
 * The items of duplicate groups. Each group has a canonical item, which is changed by compare-and-swap. Each waiting
 * member has an item of its own, so that an entry costs the same in a small and in a large group. The modules of
 * shared/duplicates decide what is written.
 */
export class DuplicateGroups {
  readonly #table: TableClient;

  constructor(table: TableClient) {
    this.#table = table;
  }

  /** Reads the canonical of a group. Returns undefined if the group has none. */
  async canonical(group: string): Promise<Canonical | undefined> {
    return (await this.standing(group)).canonical;
  }

  /** Reads the canonical of a group, or its last one if the file of that one was deleted and no other file waits. */
  async standing(
    group: string,
  ): Promise<{ canonical?: Canonical | undefined; departed?: string | undefined }> {
    const item = await this.#table.get(group, canonicalKey(group));
    const departed = typeof item?.departed === 'string' ? item.departed : undefined;
    return { canonical: canonicalOf(item), departed };
  }

  /** Reads the canonicals of many groups. Groups without one are omitted. */
  async canonicals(groups: Iterable<string>): Promise<Map<string, Canonical>> {
    const found = new Map<string, Canonical>();
    for await (const item of this.#table.getMany([...new Set(groups)].map(canonicalKey))) {
      const canonical = canonicalOf(item);
      if (canonical !== undefined) found.set(String(item.pk).slice(GROUP_PK.length), canonical);
    }
    return found;
  }

  /**
   * Makes an article the canonical of a group that has none. Returns the current canonical.
   * @param isNext decides whether the article takes the place of a canonical whose file was deleted. If not, the group
   * stays as it is, and the deleted article is returned
   */
  async claim(
    group: string,
    id: string,
    isNext: (departed: string) => Promise<boolean> = async () => true,
  ): Promise<Canonical> {
    const claimed = { member: id, killed: false };
    return retryOnConflict(group, this.#table.pacing, async () => {
      if (await this.#table.putIf(group, canonicalItem(group, claimed), UNUSED)) return claimed;
      const { canonical, departed } = await this.standing(group);
      if (canonical !== undefined) return canonical;
      if (departed !== undefined && !(await isNext(departed))) return { member: departed, killed: false };
      return (await this.replaceCanonical(group, undefined, claimed)) ? claimed : CONFLICT;
    });
  }

  /**
   * Removes the canonical of a group if it is still `before`, because its file was deleted, and notes its article. It
   * takes the place of the canonical, so no read looks for it.
   */
  async depart(group: string, before: Canonical): Promise<boolean> {
    return this.#table.putIf(group, { ...canonicalKey(group), departed: before.member }, unchanged(before));
  }

  /**
   * Replaces the canonical of a group if it is still `before`. Undefined means no canonical.
   * @returns whether it was replaced
   */
  async replaceCanonical(
    group: string,
    before: Canonical | undefined,
    after: Canonical | undefined,
  ): Promise<boolean> {
    const condition = unchanged(before);
    if (after === undefined) return this.#table.deleteIf(group, canonicalKey(group), condition);
    return this.#table.putIf(group, canonicalItem(group, after), condition);
  }

  /** Enters a duplicate into its group. Entering it again changes nothing. */
  async enter(group: string, { id, since, version }: GroupMember): Promise<void> {
    await this.#table.putIfNewer(id, { ...memberKey(group, { id, since }), version }, 'version');
  }

  /** Removes a duplicate from its group, unless a later version of its record has entered it again. */
  async leave(group: string, { id, since, version }: GroupMember): Promise<void> {
    await this.#table.deleteUnlessNewer(id, memberKey(group, { id, since }), 'version', version);
  }

  /** Reads the waiting members of a group, the oldest first. */
  async members(group: string, limit: number): Promise<GroupMember[]> {
    const items = await this.#query(`${GROUP_PK}${group}`, MEMBER_SK, limit);
    return items.map(({ sk, version }) => {
      const [since = '', id = ''] = String(sk).slice(MEMBER_SK.length).split('#');
      return { id, since, version: Number(version) };
    });
  }

  /** Notes that the kill of an article covers a group. */
  async noteKill(id: string, { group, since, nearHash }: Kill): Promise<void> {
    // The item next to the record is written first, because `restore` finds the groups by it.
    await this.#table.put(id, { ...killKey(id, group), since, nearHash });
    await this.#table.put(id, killerKey(group, id));
  }

  /** Reads the groups that the kill of an article covers. */
  async kills(id: string): Promise<Kill[]> {
    const items = await this.#query(recordKey(id).pk, KILL_SK);
    return items.map(({ sk, since, nearHash }) => ({
      group: String(sk).slice(KILL_SK.length),
      since: String(since),
      ...(typeof nearHash === 'string' && { nearHash }),
    }));
  }

  /**
   * Ids of at most two articles whose kills cover a group. Two are enough: one of them is not the caller's own article.
   */
  async killers(group: string): Promise<string[]> {
    const items = await this.#query(`${GROUP_PK}${group}`, KILL_SK, 2);
    return items.map(({ sk }) => String(sk).slice(KILL_SK.length));
  }

  /** Removes an article from the killers of a group. {@link kills} still lists the group. */
  async removeKiller(group: string, id: string): Promise<void> {
    await this.#table.delete(id, killerKey(group, id));
  }

  /** Removes a group from {@link kills} of an article. */
  async forgetKill(id: string, group: string): Promise<void> {
    await this.#table.delete(id, killKey(id, group));
  }

  /** Reads the items of a partition whose sort keys start with `begins`, in order. Consistent. */
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

function canonicalItem(group: string, { member, killed, hides, doubted }: Canonical): Item {
  return { ...canonicalKey(group), member, killed: killed || undefined, hides, doubted };
}

const UNUSED: Condition = { ConditionExpression: 'attribute_not_exists(pk)' };

function memberKey(group: string, { id, since }: Pick<GroupMember, 'id' | 'since'>): ItemKey {
  return { pk: `${GROUP_PK}${group}`, sk: `${MEMBER_SK}${since}#${id}` };
}

/** Key in the partition of the group: the group is killed by this article. */
function killerKey(group: string, id: string): ItemKey {
  return { pk: `${GROUP_PK}${group}`, sk: `${KILL_SK}${id}` };
}

/** Key in the partition of the article: its kill covers this group. */
function killKey(id: string, group: string): ItemKey {
  return { pk: recordKey(id).pk, sk: `${KILL_SK}${group}` };
}

function canonicalOf(item: Item | undefined): Canonical | undefined {
  if (typeof item?.member !== 'string') return undefined;
  const { member, killed, hides, doubted } = item;
  return {
    ...{ member, killed: killed === true },
    ...(typeof hides === 'string' && { hides }),
    ...(doubted === true && { doubted }),
  };
}

function unchanged(canonical: Canonical | undefined): Condition {
  if (canonical === undefined)
    return {
      ConditionExpression: 'attribute_not_exists(#member)',
      ExpressionAttributeNames: { '#member': 'member' },
    };
  const { member, killed, doubted } = canonical;
  const is = (name: string, set?: boolean) => (set ? `${name} = :true` : `attribute_not_exists(${name})`);
  return {
    ConditionExpression: `#member = :member AND ${is('#killed', killed)} AND ${is('#doubted', doubted)}`,
    ExpressionAttributeNames: { '#member': 'member', '#killed': 'killed', '#doubted': 'doubted' },
    ExpressionAttributeValues: { ':member': member, ...((killed || doubted) && { ':true': true }) },
  };
}
