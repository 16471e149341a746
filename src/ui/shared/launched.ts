/** Files that the system opens the installed app with, where the browser can. */
interface Launched {
  readonly files?: readonly { getFile(): Promise<File> }[];
}

interface Launching {
  readonly launchQueue: { setConsumer(consume: (launched: Launched) => void): void };
}

export const takeLaunched = (take: (files: readonly File[]) => Promise<void>): void => {
  const page: object = globalThis;
  if (!canLaunch(page)) return;
  page.launchQueue.setConsumer(({ files = [] }) => {
    if (files.length > 0) void Promise.all(files.map((each) => each.getFile())).then(take);
  });
};

const canLaunch = (page: object): page is Launching => 'launchQueue' in page;
