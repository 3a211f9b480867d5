import type { PushAlert } from '../platform/jobs.ts';
import type { AlertFactsStore, CircleFacts, NewsFacts, NewsSelection } from '../store/alert-facts.ts';

type Withdrawn = Awaited<ReturnType<AlertFactsStore['readWithdrawn']>>;

/** What the circles of some alerts have to tell now; null where there is nothing (any more). */
export interface PageFacts {
  circle(id: string): CircleFacts | null;
  news(circle: string, statuses: string[]): NewsSelection;
  help(circle: string, status: string): NewsFacts | null;
  withdrawn(circle: string, status: string): Withdrawn;
}

/** Reads it once for all of these alerts: in a digest nearly all devices are told the same. */
export async function readPageFacts(facts: AlertFactsStore, alerts: PushAlert[]): Promise<PageFacts> {
  const people = new Map<string, Set<string>>();
  const news = new Map<string, Set<string>>();
  const single = { help: new Map<string, Promise<NewsFacts | null>>(), withdrawn: new Map<string, Promise<Withdrawn>>() };
  for (const { kind, person, circle, statuses, others = [] } of alerts) {
    if (circle === null) continue;
    for (const item of [{ circle, statuses }, ...others]) {
      addAll(people, item.circle, [person]);
      if (kind === 'digest') addAll(news, item.circle, item.statuses);
    }
    const [status = ''] = statuses;
    const key = `${circle} ${status}`;
    if (kind === 'help' && !single.help.has(key)) single.help.set(key, facts.readHelp(circle, status));
    if (kind === 'withdrawn' && !single.withdrawn.has(key)) single.withdrawn.set(key, facts.readWithdrawn(circle, status));
  }
  const [circles, selections, helps, withdrawals] = await Promise.all([
    readEach(people, async (circle, ids) => facts.readCircle(circle, [...ids])),
    readEach(news, async (circle, ids) => facts.readNews(circle, [...ids])),
    readEach(single.help, (_, found) => found),
    readEach(single.withdrawn, (_, found) => found),
  ]);
  return {
    circle: (id) => circles.get(id) ?? null,
    news: (circle, statuses) => selections.get(circle)?.select(statuses) ?? { news: [], told: [] },
    help: (circle, status) => helps.get(`${circle} ${status}`) ?? null,
    withdrawn: (circle, status) => withdrawals.get(`${circle} ${status}`) ?? null,
  };
}

function addAll(sets: Map<string, Set<string>>, key: string, items: string[]): void {
  const set = sets.get(key) ?? new Set();
  sets.set(key, set);
  for (const item of items) set.add(item);
}

async function readEach<Asked, Found>(
  asked: Map<string, Asked>,
  read: (key: string, value: Asked) => Promise<Found>,
): Promise<Map<string, Found>> {
  return new Map(await Promise.all([...asked].map(async ([key, value]) => [key, await read(key, value)] as const)));
}
