/** A list of minutes in few words: the first, then each step, and how often it comes in a row. */
export const pack = (minutes: readonly number[]): string => {
  const steps: { step: number; times: number }[] = [];
  for (const [index, minute] of minutes.entries()) {
    const step = minute - (minutes[index - 1] ?? 0);
    const last = steps.at(-1);
    if (last?.step === step) last.times++;
    else steps.push({ step, times: 1 });
  }
  return steps.map(({ step, times }) => (times === 1 ? String(step) : `${step}x${times}`)).join(' ');
};
