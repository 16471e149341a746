/**
 * What a socket may say to signaling: y-webrtc's four messages, checked and bounded.
 * `data` stays what it was: sealed text from Weft, any JSON from another y-webrtc.
 */
export type Frame =
  | { readonly type: 'subscribe'; readonly topics: readonly string[] }
  | { readonly type: 'unsubscribe'; readonly topics: readonly string[] }
  | { readonly type: 'publish'; readonly topic: string; readonly data: unknown }
  | { readonly type: 'ping' };

interface FrameLimits {
  readonly topics: number;
  readonly topicLength: number;
}

/** null for everything else: no JSON, another type, too many or too long topics */
export const parseFrame = (text: string, limits: FrameLimits): Frame | null => {
  const fields = parseFields(text);
  const type = fields.get('type');
  if (type === 'ping') return { type };
  if (type === 'publish') {
    const topic = fields.get('topic');
    return isTopic(topic, limits) ? { type, topic, data: fields.get('data') ?? null } : null;
  }
  if (type !== 'subscribe' && type !== 'unsubscribe') return null;
  const topics: unknown = fields.get('topics');
  if (!Array.isArray(topics) || topics.length > limits.topics) return null;
  const checked = topics.filter((topic: unknown) => isTopic(topic, limits));
  return checked.length === topics.length ? { type, topics: checked } : null;
};

const isTopic = (value: unknown, limits: FrameLimits): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= limits.topicLength;

/** The own fields of a JSON object; none where the text is anything else. */
const parseFields = (text: string): ReadonlyMap<string, unknown> => {
  try {
    const value: unknown = JSON.parse(text);
    return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : []);
  } catch {
    // not JSON; what it was is nobody's business, so it is not kept
    return new Map();
  }
};
