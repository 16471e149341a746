/** Saves a text as a file, where the browser puts what is downloaded. The name says nothing of whose it is. */
export function saveText(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // the download has taken it by then
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** Over this nobody's text is an invite, a request or an answer. */
const MOST = 32_000_000;

export const readText = async (file: File): Promise<string> => (file.size > MOST ? '' : file.text());
