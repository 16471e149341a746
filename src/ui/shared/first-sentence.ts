/** The first sentence of a text, as its name; '' where it says nothing yet. */
export const firstSentence = (text: string): string => {
  const line = text.trim().split('\n')[0] ?? '';
  const [first] = new Intl.Segmenter(undefined, { granularity: 'sentence' }).segment(line);
  return first?.segment.trim() ?? '';
};
