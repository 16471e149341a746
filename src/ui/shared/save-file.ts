/**
 * Giving a file out of the page: straight onto the stick where the browser lets one choose the place, by the share
 * sheet of a phone, else where the browser puts what is downloaded.
 */

type Saved = 'saved' | 'downloaded' | 'stopped' | 'failed';

interface FileHandle {
  createWritable(): Promise<WritableStream<Uint8Array>>;
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
    if (!(error instanceof DOMException)) throw error;
    // closed by the person, or the stick is full or gone
    return error.name === 'AbortError' ? 'stopped' : 'failed';
  }
};

/** The shape in which this browser would share the file; null: it shares none. */
export const shareable = (name: string, file: Blob): ShareData | null => {
  if (typeof navigator.canShare !== 'function') return null;
  // some browsers share only the kinds that they know; to everybody else a bundle is bytes anyway
  const forms = [new File([file], name), new File([file], name.replace(/\.bin$/, '.txt'), { type: 'text/plain' })];
  const data = forms.map((each) => ({ files: [each] }));
  return data.find((each) => navigator.canShare(each)) ?? null;
};

/** To be called from a click. False where the person closed the sheet. */
export const shareFile = async (data: ShareData): Promise<boolean> => {
  try {
    await navigator.share(data);
    return true;
  } catch (error) {
    if (error instanceof DOMException) return false;
    throw error;
  }
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

const hasPicker = (page: object): page is Picker => 'showSaveFilePicker' in page;
