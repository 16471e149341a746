/** Whether the person went on in the browser, for as long as this tab lives. */
let skipped = $state(false);

export const skippedInstalling = (): boolean => skipped;

export function skipInstalling(): void {
  skipped = true;
}
