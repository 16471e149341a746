/** The figures as a person reads them. */
import type { Figure } from './measure.ts';

export const printHead = (): void => {
  console.log('Recorded sessions: josephg/editing-traces (CC BY 4.0). Each line: measured, target, what.\n');
};

export const printFigure = (figure: Figure): void => {
  const measured = figure.ratio ?? figure.value ?? Number.NaN;
  const isMet = measured <= figure.target;
  const said = `${shorten(measured)}${figure.unit === undefined ? '×' : ''}`;
  const target = `≤ ${figure.target}${figure.unit === undefined ? '×' : ` ${figure.unit}`}`;
  console.log(`${isMet ? 'met   ' : 'MISSED'} ${said.padStart(8)}  ${target}`);
  console.log(`        ${figure.name}`);
  console.log(`        ${figure.method}\n`);
};

const shorten = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toFixed(2).replace(/\.00$/, ''));
