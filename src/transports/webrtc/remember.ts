/** false where it was there already; forgets the oldest beyond `most` */
export const remember = (known: Set<string>, item: string, most: number): boolean => {
  if (known.has(item)) return false;
  known.add(item);
  const [oldest] = known;
  if (known.size > most && oldest !== undefined) known.delete(oldest);
  return true;
};
