/** What a member may write into a document beside what it expects. */
import fc from 'fast-check';
import * as Y from 'yjs';

/** Any value that a Y.Map takes. Types are made anew each time: one cannot be in two places. */
export const strange: fc.Arbitrary<() => unknown> = fc.oneof(
  fc.constantFrom<() => unknown>(
    () => new Y.Text('text'),
    () => new Y.XmlText('xml'),
    () => new Y.XmlElement('b'),
    () => new Y.XmlHook('hook'),
    () => new Y.XmlFragment(),
    () => Y.Array.from([1, 'two']),
    () => new Y.Map([['message', 'string']]),
    () => new Y.Map([['shown', true]]),
    () => new Y.Doc(),
    () => new Uint8Array(8),
    () => 10n,
    () => Number.NaN,
    () => Infinity,
    () => 'x'.repeat(300_000),
    () => '\uD800',
    () => 'embargoed',
    () => true,
  ),
  fc.jsonValue().map((value) => () => value),
);

export const key = (keys: readonly string[]) =>
  fc.oneof(fc.constantFrom(...keys), fc.constantFrom('__proto__', 'constructor', ''));
export const writes = (keys: readonly string[]) => fc.array(fc.tuple(fc.nat(5), key(keys), strange), { maxLength: 12 });
