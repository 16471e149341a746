/**
 * Word writes a list as paragraphs with `mso-list:l0 level2 lfo1` in their style and the bullet as text. Here they
 * become lists again. Word of the web writes each item as a list of its own, with its depth in `data-aria-level`.
 */
const STYLE = 'data-pasted-style';

/** Items of Word of the web as Word of the desk writes them, so that there is one way to read both. */
export const layFlat = (body: HTMLElement): void => {
  const items = [...body.querySelectorAll('li[data-aria-level]')];
  const around = new Set(items.flatMap(({ parentElement }) => parentElement ?? []));
  for (const item of items) {
    const page = item.ownerDocument;
    const [paragraph, marker] = [page.createElement('p'), page.createElement('span')];
    paragraph.setAttribute(STYLE, `mso-list:l0 level${item.getAttribute('data-aria-level') ?? '1'} lfo1`);
    marker.setAttribute(STYLE, 'mso-list:Ignore');
    marker.textContent = item.parentElement?.tagName === 'OL' ? '1.' : '·';
    for (const block of item.querySelectorAll('p')) block.replaceWith(...block.childNodes);
    paragraph.append(marker, ...item.childNodes);
    item.replaceWith(paragraph);
  }
  for (const list of around) {
    const wrapper = list.parentElement;
    list.replaceWith(...list.childNodes);
    if (wrapper?.classList.contains('ListContainerWrapper') === true) wrapper.replaceWith(...wrapper.childNodes);
  }
};

export const liftLists = (body: HTMLElement): void => {
  for (const paragraph of body.querySelectorAll(`p[${STYLE}], div[${STYLE}], h1[${STYLE}], h2[${STYLE}]`)) {
    const item = itemOf(paragraph);
    if (item === null || paragraph.closest('[data-lifted]') !== null) continue;
    liftRun(paragraph, item);
  }
};

interface Item {
  readonly level: number;
  readonly isOrdered: boolean;
}

const itemOf = (element: Element): Item | null => {
  const style = element.getAttribute(STYLE) ?? '';
  const level = /mso-list:\s*l\d+\s+level(\d)/i.exec(style)?.[1];
  // numbered headings are headings
  if (level === undefined || /^H[1-6]$/.test(element.tagName)) return null;
  return { level: Number(level), isOrdered: /^[\s\u00a0]*\(?[\p{L}\p{N}]{1,5}[.)]/u.test(markerOf(element)) };
};

const isMarker = (element: Element): boolean => /mso-list:\s*ignore/i.test(element.getAttribute(STYLE) ?? '');

const markerOf = (element: Element): string =>
  [...element.querySelectorAll(`[${STYLE}]`)]
    .filter(isMarker)
    .map((each) => each.textContent)
    .join('');

/** From this paragraph to the last that follows it at once and is an item too. */
const liftRun = (first: Element, firstItem: Item): void => {
  const page = first.ownerDocument;
  const lists: { readonly level: number; readonly list: Element }[] = [];
  const start = page.createComment('');
  first.before(start);
  let next: Element | null = first;
  let item: Item | null = firstItem;
  while (next !== null && item !== null) {
    const paragraph: Element = next;
    next = paragraph.nextElementSibling;
    while ((lists.at(-1)?.level ?? 0) > item.level) lists.pop();
    let inner = lists.at(-1);
    const tag: string = item.isOrdered ? 'OL' : 'UL';
    if (inner?.level === item.level && inner.list.tagName !== tag && lists.length === 1) {
      lists.pop();
      inner = undefined;
    }
    if (inner === undefined || inner.level < item.level) {
      const list = page.createElement(tag);
      list.setAttribute('data-lifted', '');
      const holder = inner?.list.lastElementChild;
      if (holder) holder.append(list);
      else start.before(list);
      inner = { level: item.level, list };
      lists.push(inner);
    }
    for (const marker of [...paragraph.querySelectorAll(`[${STYLE}]`)].filter(isMarker)) marker.remove();
    const line = page.createElement('p');
    line.append(...paragraph.childNodes);
    const element = page.createElement('li');
    element.append(line);
    inner.list.append(element);
    paragraph.remove();
    item = next === null ? null : itemOf(next);
  }
  start.remove();
};
