/**
 * Binds a text field to a shared text. What the person does is written at once, also while an input method composes;
 * what others do is shown at once too, but never under a composition, which touching the field would break.
 */
import type { TextBinding } from '../../app/company/text.svelte.ts';

export const bindTextArea = (binding: TextBinding) => (area: HTMLTextAreaElement) => {
  /** what the person sees in the field */
  let shown = binding.read();
  let isComposing = false;
  let waiting = 0;
  area.value = shown;

  const write = (): void => {
    // also where nothing was typed: it tells where the caret's words are now
    const caret = binding.write(shown, area.value, area.selectionEnd);
    shown = area.value;
    if (!isComposing) catchUp(caret);
    look();
  };

  /** Shows what others wrote meanwhile. */
  const catchUp = (caret: number): void => {
    if (binding.read() === shown) return;
    shown = binding.read();
    area.value = shown;
    area.setSelectionRange(caret, caret);
  };

  const stop = binding.onChange(({ value, shift, undone }) => {
    if (isComposing) return;
    const isHere = document.activeElement === area;
    const { selectionStart, selectionEnd, selectionDirection } = area;
    shown = value;
    area.value = value;
    if (undone !== null) {
      area.setSelectionRange(undone, undone);
      // undone by the keyboard in another field: go where it happened; a tap on a button should raise no keyboard
      if (!isHere && document.activeElement instanceof HTMLTextAreaElement) area.focus();
      return;
    }
    if (isHere) area.setSelectionRange(shift(selectionStart), shift(selectionEnd), selectionDirection);
  });

  /** At most once a frame: a selection being drawn moves many times in one. */
  const look = (): void => {
    if (waiting !== 0 || document.activeElement !== area) return;
    waiting = requestAnimationFrame(() => {
      waiting = 0;
      if (document.activeElement !== area || isComposing) return;
      const backward = area.selectionDirection === 'backward';
      const [from, to] = [area.selectionStart, area.selectionEnd];
      binding.look(backward ? to : from, backward ? from : to);
    });
  };

  const onComposition = (event: CompositionEvent): void => {
    isComposing = event.type === 'compositionstart';
    if (!isComposing) write();
  };

  /** The browser's own undo knows nothing of what others wrote. */
  const onBeforeInput = (event: InputEvent): void => {
    if (event.inputType !== 'historyUndo' && event.inputType !== 'historyRedo') return;
    event.preventDefault();
    if (event.inputType === 'historyUndo') binding.history.undo();
    else binding.history.redo();
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || isComposing) return;
    const key = event.key.toLowerCase();
    if (key !== 'z' && key !== 'y') return;
    event.preventDefault();
    if (key === 'y' || event.shiftKey) binding.history.redo();
    else binding.history.undo();
  };

  const onFocus = (): void => {
    // typing here is undone apart from typing elsewhere
    binding.history.mark();
    look();
  };
  const onBlur = (): void => binding.leave();

  area.addEventListener('input', write);
  area.addEventListener('compositionstart', onComposition);
  area.addEventListener('compositionend', onComposition);
  area.addEventListener('beforeinput', onBeforeInput);
  area.addEventListener('keydown', onKeyDown);
  area.addEventListener('focus', onFocus);
  area.addEventListener('blur', onBlur);
  document.addEventListener('selectionchange', look);
  return () => {
    stop();
    document.removeEventListener('selectionchange', look);
    cancelAnimationFrame(waiting);
    if (document.activeElement === area) binding.leave();
  };
};
