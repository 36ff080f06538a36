import { BarChart, LineChart, ScatterChart } from 'echarts/charts';
import { GridComponent, LegendComponent } from 'echarts/components';
import { init, setPlatformAPI, use, type EChartsCoreOption } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import type { PolicyResult } from '../replay/policies-result.ts';
import type { Group, Month } from '../replay/report.ts';

use([BarChart, LineChart, ScatterChart, GridComponent, LegendComponent, SVGRenderer]);

// Without a browser nobody can measure letters. Common fonts need at most this much of their size, so nothing is cut.
const letterWidth = 0.64;
const fontSize = 13;
setPlatformAPI({ measureText: (text) => ({ width: text.length * fontSize * letterWidth }) });

/** One chart as SVG, drawn for a screen or sheet and once more for a phone, where letters must not shrink. */
export interface Chart {
  readonly wide: string;
  readonly narrow: string;
}

/** Told apart without colour too: the second is lighter in grey. */
const ink = { strong: '#1f4e79', other: '#e08e0b', pale: '#c9d6e3', text: '#222222' } as const;
const font = { fontFamily: 'system-ui, sans-serif', fontSize, color: ink.text } as const;
const wideWidth = 860;
const narrowWidth = 350;

function drawn(option: Drawing, height: number): Chart {
  // On a phone the legend takes two lines.
  const top = option.legend === undefined ? option.grid.top : 2 * option.grid.top;
  const narrow = { ...option, grid: { ...option.grid, top } };
  return { wide: svgOf(option, wideWidth, height), narrow: svgOf(narrow, narrowWidth, height) };
}

interface Drawing extends EChartsCoreOption {
  readonly grid: { readonly top: number; readonly right?: number };
  readonly legend?: object;
}

function svgOf(option: EChartsCoreOption, width: number, height: number): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption({ animation: false, textStyle: font, ...option });
    // The library adds colours for a pointer that hovers, which paper and phones have not.
    return chart
      .renderToSVGString()
      .replaceAll(/<style >[^<]*<!\[CDATA\[[^\]]*\]\]>\s*<\/style>/g, '');
  } finally {
    chart.dispose();
  }
}

const grid = {
  left: 8,
  right: 16,
  top: 40,
  bottom: 8,
  outerBoundsMode: 'same',
  outerBoundsContain: 'axisLabel',
} as const;

const legend = { top: 0, left: 0, itemGap: 20, textStyle: font } as const;
/** A phone has room for few numbers on an axis. */
const few = { ...font, hideOverlap: true } as const;
const share = { ...few, formatter: '{value} %' } as const;

/** Bad changes by month: those with evidence of AI and the others. */
export function monthChart(months: readonly Month[]): Chart {
  return drawn(
    {
      grid,
      legend,
      xAxis: { type: 'category', data: months.map(({ name }) => name), axisLabel: few },
      yAxis: { type: 'value', minInterval: 1, axisLabel: font },
      series: [
        bars(
          'bad, no sign of AI',
          months.map(({ other }) => other.bad),
          ink.strong,
        ),
        bars(
          'bad, AI-assisted',
          months.map(({ ai }) => ai.bad),
          ink.other,
        ),
      ],
    },
    280,
  );
}

function bars(name: string, data: readonly number[], color: string): object {
  return { type: 'bar', stack: 'all', name, data, itemStyle: { color } };
}

/** Share of changes that turned out bad by month, of those whose outcome is known. */
export function shareChart(months: readonly Month[]): Chart {
  return drawn(
    {
      grid,
      legend,
      xAxis: { type: 'category', data: months.map(({ name }) => name), axisLabel: few },
      yAxis: { type: 'value', axisLabel: share },
      series: [
        line(
          'no sign of AI',
          months.map(({ other }) => percentOf(other.share)),
          ink.strong,
        ),
        line(
          'AI-assisted',
          months.map(({ ai }) => percentOf(ai.share)),
          ink.other,
        ),
      ],
    },
    280,
  );
}

function line(name: string, data: readonly (number | null)[], color: string): object {
  return {
    type: 'line',
    name,
    data,
    symbolSize: 6,
    connectNulls: false,
    itemStyle: { color },
    lineStyle: { color, width: 2, type: color === ink.other ? 'dashed' : 'solid' },
  };
}

/** Groups side by side: the dot is what was seen, the bar is where the truth may lie. */
export function groupChart(groups: readonly Group[]): Chart {
  const rows = groups.filter((group) => group.share !== null).toReversed();
  return drawn(
    {
      grid: { ...grid, top: 8 },
      xAxis: { type: 'value', min: 0, splitNumber: 4, axisLabel: share },
      yAxis: {
        type: 'category',
        data: rows.map(({ name, known }) => `${shortened(name)} (${known})`),
        axisLabel: font,
        axisTick: { show: false },
      },
      series: [
        interval(
          rows.map(({ low }) => percentOf(low)),
          'transparent',
        ),
        interval(
          rows.map(({ low, high }) => percentOf(high - low)),
          ink.pale,
        ),
        {
          type: 'scatter',
          symbolSize: 9,
          itemStyle: { color: ink.strong },
          data: rows.map((row, at) => [percentOf(row.share), at]),
        },
      ],
    },
    60 + 28 * Math.max(1, rows.length),
  );
}

function interval(data: readonly (number | null)[], color: string): object {
  return { type: 'bar', stack: 'interval', barWidth: 10, data, itemStyle: { color }, silent: true };
}

function shortened(name: string): string {
  return name.length > 24 ? `…${name.slice(-23)}` : name;
}

/** Policies by what they cost and what they hold. */
export function policyChart(results: readonly PolicyResult[]): Chart {
  return drawn(
    {
      grid: { ...grid, top: 24, right: 40 },
      xAxis: {
        type: 'value',
        name: 'hours of close reading',
        nameLocation: 'middle',
        nameGap: 28,
        nameTextStyle: font,
        splitNumber: 4,
        axisLabel: few,
      },
      yAxis: {
        type: 'value',
        name: 'bad changes held',
        nameTextStyle: { ...font, align: 'left' },
        axisLabel: font,
        minInterval: 1,
      },
      series: results.map(({ cost, bad }, at) => ({
        type: 'scatter',
        symbolSize: 14,
        itemStyle: { color: at === 0 ? ink.other : ink.strong },
        label: { show: true, position: 'top', formatter: String(at + 1), ...font },
        data: [[Math.round(cost.closeMinutes / 60), bad]],
      })),
    },
    300,
  );
}

function percentOf(share: number | null): number | null {
  return share === null ? null : Math.round(share * 1000) / 10;
}
