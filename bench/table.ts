/** The figures as a person reads them. */
import type { Figure } from './measure.ts';

export const printHead = (): void => {
  console.log('Recorded sessions: josephg/editing-traces (CC BY 4.0). Each line: measured, target, what.\n');
};

export const printFigure = (figure: Figure): void => {
  const measured = figure.ratio ?? figure.value ?? Number.NaN;
  const verdict = figure.target === null ? 'as is ' : measured <= figure.target ? 'met   ' : 'MISSED';
  const said = `${shorten(measured)}${figure.unit === undefined ? '×' : ''}`;
  const unit = figure.unit === undefined ? '×' : ` ${figure.unit}`;
  const target = figure.target === null ? unit : `≤ ${figure.target}${unit}`;
  console.log(`${verdict} ${said.padStart(8)}  ${target}`);
  console.log(`        ${figure.name}`);
  console.log(`        ${figure.method}\n`);
};

const shorten = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toFixed(2).replace(/\.00$/, ''));
