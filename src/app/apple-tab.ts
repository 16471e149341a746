/**
 * Is this a browser's tab on an iPhone or iPad? Every browser there is WebKit, which clears what a page keeps after
 * seven days without a visit and keeps an installed app's storage apart from the tab's: so one begins in the installed
 * app. iPads call themselves Macs, but no Mac has a touch screen.
 */
export interface BrowserTraits {
  readonly userAgent: string;
  readonly maxTouchPoints: number;
  /** WebKit's own word for "opened from the home screen" */
  readonly standalone?: boolean;
}

export const isAppleTab = (browser: BrowserTraits, isInstalled: boolean): boolean => {
  const isPhone = /\b(iPhone|iPad|iPod)\b/.test(browser.userAgent);
  const isDisguisedPad = /\bMacintosh\b/.test(browser.userAgent) && browser.maxTouchPoints > 1;
  return (isPhone || isDisguisedPad) && !isInstalled && browser.standalone !== true;
};
