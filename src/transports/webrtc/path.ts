/** Which way a connection goes, from what the browser says of the pair of addresses that it chose. */
import type { LinkPath } from '../../sync/transport.ts';

type Report = ReadonlyMap<string, unknown>;

/** undefined where it does not say, or has not chosen yet */
export const pathOfReport = (report: Report): LinkPath | undefined => {
  const pair = chosenPair(report);
  const local = fieldsOf(report.get(pair.localCandidateId));
  const remote = fieldsOf(report.get(pair.remoteCandidateId));
  const types = [local.candidateType, remote.candidateType];
  if (types.includes('')) return undefined;
  if (types.includes('relay')) return 'turn';
  const both = [nearness(local), nearness(remote)];
  if (both.includes('far')) return 'far';
  return both.includes('unknown') ? undefined : 'near';
};

/** One that showed its address only by using it is near where that address is private; some browsers do not tell it. */
const nearness = ({ candidateType, address }: ReturnType<typeof fieldsOf>): 'near' | 'far' | 'unknown' => {
  if (candidateType === 'host') return 'near';
  if (candidateType !== 'prflx') return 'far';
  if (address === '') return 'unknown';
  return PRIVATE.test(address) ? 'near' : 'far';
};

const PRIVATE =
  /^(.*\.local|127\..*|10\..*|192\.168\..*|169\.254\..*|172\.(1[6-9]|2\d|3[01])\..*|::1|f[cd].*|fe80.*)$/i;

const chosenPair = (report: Report): ReturnType<typeof fieldsOf> => {
  const all = [...report.values()].map(fieldsOf);
  const transport = all.find(
    ({ type, selectedCandidatePairId }) => type === 'transport' && selectedCandidatePairId !== '',
  );
  if (transport) return fieldsOf(report.get(transport.selectedCandidatePairId));
  // Firefox
  return all.find(({ type, isSelected }) => type === 'candidate-pair' && isSelected) ?? fieldsOf(undefined);
};

const fieldsOf = (value: unknown) => {
  const has: Readonly<Record<string, unknown>> =
    typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
  const textOf = (name: string): string => {
    const text = has[name];
    return typeof text === 'string' ? text : '';
  };
  return {
    type: textOf('type'),
    isSelected: has['selected'] === true,
    selectedCandidatePairId: textOf('selectedCandidatePairId'),
    localCandidateId: textOf('localCandidateId'),
    remoteCandidateId: textOf('remoteCandidateId'),
    candidateType: textOf('candidateType'),
    address: textOf('address'),
  };
};

/** What of a connection tells its path. */
interface Told {
  getStats(): Promise<Pick<RTCStatsReport, 'forEach'>>;
}

/** Asks now, and again as often as it is asked before it knows: a pair may be chosen later than the channel opens. */
export const watchPath = (connection: Told): (() => LinkPath | undefined) => {
  let path: LinkPath | undefined;
  let isAsking = false;
  const ask = async (): Promise<void> => {
    if (isAsking || path !== undefined) return;
    isAsking = true;
    // a connection that is closing tells nothing
    const report = await connection.getStats().catch(() => undefined);
    path = report && pathOfReport(entriesOf(report));
    isAsking = false;
  };
  void ask();
  return () => {
    void ask();
    return path;
  };
};

const entriesOf = (report: Pick<RTCStatsReport, 'forEach'>): Report => {
  const entries = new Map<string, unknown>();
  report.forEach((value: unknown, key: string) => entries.set(key, value));
  return entries;
};
