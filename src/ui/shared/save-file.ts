/**
 * Giving a file out of the page: straight onto the stick where the browser lets one choose the place, by the share
 * sheet of a phone, else where the browser puts what is downloaded.
 */

type Saved = 'saved' | 'downloaded' | 'stopped' | 'failed';

interface FileHandle {
  createWritable(): Promise<WritableStream<Uint8Array>>;
}

interface FolderHandle {
  getFileHandle(name: string, options: { readonly create: true }): Promise<FileHandle>;
}

interface FolderPicker {
  readonly showDirectoryPicker: (options: { readonly mode: 'readwrite' }) => Promise<FolderHandle>;
}

interface Picker {
  readonly showSaveFilePicker: (options: { readonly suggestedName: string }) => Promise<FileHandle>;
}

/** To be called from a click: browsers ask for the place only then. */
export const saveFile = async (name: string, file: Blob): Promise<Saved> => {
  const page: object = globalThis;
  if (!hasPicker(page)) {
    download(name, file);
    return 'downloaded';
  }
  try {
    const handle = await page.showSaveFilePicker({ suggestedName: name });
    await file.stream().pipeTo(await handle.createWritable());
    return 'saved';
  } catch (error) {
    return whyNot(error);
  }
};

export interface NamedFile {
  readonly name: string;
  readonly file: Blob;
}

/** Several into one folder, which is as a rule a stick; one after another where the browser lets nobody choose a folder. */
export const saveFiles = async (files: readonly NamedFile[]): Promise<Saved> => {
  const page: object = globalThis;
  if (!hasFolderPicker(page)) {
    for (const { name, file } of files) download(name, file);
    return 'downloaded';
  }
  try {
    const folder = await page.showDirectoryPicker({ mode: 'readwrite' });
    for (const { name, file } of files) {
      const handle = await folder.getFileHandle(name, { create: true });
      await file.stream().pipeTo(await handle.createWritable());
    }
    return 'saved';
  } catch (error) {
    return whyNot(error);
  }
};

/** Closed by the person, or the stick is full or gone. */
const whyNot = (error: unknown): 'stopped' | 'failed' => {
  if (!(error instanceof DOMException)) throw error;
  return error.name === 'AbortError' ? 'stopped' : 'failed';
};

/** Is there a share sheet that might take a file? Whether it takes these is known only once it is asked. */
export const canShare = (): boolean =>
  typeof navigator.share === 'function' && typeof navigator.canShare === 'function';

/**
 * To be called from a click: the files, then the same bytes as text where the browser refuses what it does not know, then
 * as downloads. 'stopped': the person closed the sheet.
 */
export const shareFiles = async (files: readonly NamedFile[]): Promise<'shared' | 'downloaded' | 'stopped'> => {
  const isKnown = (name: string): boolean => !name.endsWith('.bin');
  const asText = (name: string): string => name.replace(/\.bin$/, '.txt');
  const forms = [
    files.map(({ name, file }) => new File([file], name, isKnown(name) ? { type: file.type } : {})),
    files.map(({ name, file }) => new File([file], asText(name), { type: isKnown(name) ? file.type : 'text/plain' })),
  ];
  for (const form of forms) {
    if (!navigator.canShare({ files: form })) continue;
    try {
      await navigator.share({ files: form });
      return 'shared';
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') return 'stopped';
      if (!(error instanceof DOMException || error instanceof TypeError)) throw error;
    }
  }
  for (const { name, file } of files) download(name, file);
  return 'downloaded';
};

const download = (name: string, file: Blob): void => {
  const address = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // the download has taken it by then
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
};

const hasFolderPicker = (page: object): page is FolderPicker => 'showDirectoryPicker' in page;
const hasPicker = (page: object): page is Picker => 'showSaveFilePicker' in page;
