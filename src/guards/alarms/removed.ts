import { at, dataOf, entriesIn, itemsOf, scalarAt } from '../data.ts';
import type { Data } from '../data.ts';
import { guard } from '../guard.ts';
import type { ChangedFile, Guard, Scene, Sighting, Source } from '../guard.ts';
import { isOtherEnvironment, isProductionPath } from '../language.ts';
import { resourcePairs, resources, resourcesGone } from '../resources/resource.ts';
import type { Resources } from '../resources/resource.ts';
import { brokenRules, off } from '../resources/rule.ts';
import { lineAfter } from '../seam.ts';

const alarm = (name: string): string =>
  `resource "aws_cloudwatch_metric_alarm" "${name}" {\n  alarm_name = "${name}"\n  metric_name = "5XXError"\n  threshold = 5\n}\n`;
const rules = (...names: readonly string[]): string =>
  `groups:\n  - name: web\n    rules:\n${names.map((name) => `      - alert: ${name}\n        expr: up{job="${name}"} == 0\n        for: 5m\n`).join('')}`;
const stack = (names: readonly string[]): string =>
  `Resources:\n  Topic:\n    Type: AWS::SNS::Topic\n${names.map((name) => `  ${name}:\n    Type: AWS::CloudWatch::Alarm\n    Properties:\n      AlarmActions: [!Ref Topic]\n      MetricName: ${name}\n`).join('')}`;

/** An alarm goes while what it watched stays. */
export const alarmRemoved: Guard = guard({
  id: 'alarms/removed',
  severity: 'warn',
  protects: 'that somebody is told when it breaks',
  breaks: 'The next failure of this kind is told by users, not by the alarm.',
  fix: 'Change the threshold or the route of an alarm that is too loud; where it must go, say in the change what watches instead.',
  languages: ['terraform', 'yaml', 'json'],
  cwe: [778],
  confidence: 0.75,
  caught: [
    {
      name: 'an alarm is taken out of Terraform',
      before: { 'infra/alarms.tf': alarm('errors') + alarm('latency') },
      after: { 'infra/alarms.tf': alarm('latency') },
    },
    {
      name: 'an alert of Prometheus goes',
      before: { 'alerts/web.yaml': rules('Down', 'Slow') },
      after: { 'alerts/web.yaml': rules('Slow') },
    },
    {
      name: 'CloudFormation loses an alarm',
      before: { 'cfn/app.yaml': stack(['Errors', 'Latency']) },
      after: { 'cfn/app.yaml': stack(['Latency']) },
    },
    {
      name: 'an alarm calls nobody any more',
      before: {
        'infra/alarms.tf': alarm('errors').replace('\n}', '\n  actions_enabled = true\n}'),
      },
      after: {
        'infra/alarms.tf': alarm('errors').replace('\n}', '\n  actions_enabled = false\n}'),
      },
    },
  ],
  passed: [
    {
      name: 'an alarm moves to another file',
      before: { 'infra/alarms.tf': alarm('errors') + alarm('latency') },
      after: { 'infra/alarms.tf': alarm('latency'), 'infra/web.tf': alarm('errors') },
    },
    {
      name: 'an alarm gets another name',
      before: { 'alerts/web.yaml': rules('Down', 'Slow') },
      after: { 'alerts/web.yaml': rules('WebDown', 'Slow').replace('job="WebDown"', 'job="Down"') },
    },
    {
      name: 'another alarm takes its place',
      before: { 'infra/alarms.tf': alarm('errors') + alarm('latency') },
      after: { 'infra/alarms.tf': alarm('slo_burn') + alarm('latency') },
    },
    {
      name: 'a service goes with all its alarms',
      before: { 'infra/old.tf': `resource "aws_lb" "old" {\n}\n${alarm('errors')}` },
      after: {},
    },
    {
      name: 'an alert is added',
      before: { 'alerts/web.yaml': rules('Slow') },
      after: { 'alerts/web.yaml': rules('Slow', 'Down') },
    },
  ],
  look,
});

const kinds =
  /^(?:aws_cloudwatch_(?:metric_alarm|composite_alarm)|aws_route53_health_check|google_monitoring_(?:alert_policy|uptime_check_config)|azurerm_monitor_(?:metric_alert|scheduled_query_rules_alert(?:_v2)?|activity_log_alert)|datadog_(?:monitor|synthetics_test)|newrelic_\w*alert_condition|pagerduty_service_integration|grafana_rule_group|opsgenie_\w+|AWS::CloudWatch::(?:Alarm|CompositeAlarm))$/;

function look(scene: Scene): readonly Sighting[] {
  const all = resources(scene);
  return [
    ...resourcesGone(all)
      .filter(({ type, file }) => kinds.test(type) && !isOtherEnvironment(file.path))
      .flatMap((was) => (isReplaced(was.type, all) ? [] : gone(was.file, was.line, was.title))),
    ...resourcePairs(all)
      .filter(({ now }) => kinds.test(now.type))
      .flatMap((pair) => brokenRules(pair, silenced)),
    ...alertsGone(scene),
  ];
}

const silenced = [
  {
    types: kinds,
    path: /^(?:actions_enabled|ActionsEnabled|enabled)$/,
    isBad: off,
    says: 'silences the alarm',
    fresh: 'silent' as const,
  },
];

// As many come as go: they were rewritten, not removed.
function isReplaced(type: string, { before, after }: Resources): boolean {
  const count = (list: Resources['before']): number =>
    list.filter((one) => one.type === type).length;
  return count(after) >= count(before);
}

function gone(file: ChangedFile, line: number, title: string): readonly Sighting[] {
  if (file.after === null) return [];
  const place = lineAfter(file, line);
  return [{ path: file.path, line: place, says: `removes the alarm ${title}`, subject: title }];
}

interface Alert {
  readonly name: string;
  readonly rule: string;
  readonly line: number;
}

function alertsGone(scene: Scene): readonly Sighting[] {
  const files = scene.files.filter(
    ({ path, language }) =>
      language === 'yaml' && isProductionPath(path) && !isOtherEnvironment(path),
  );
  const after = files.flatMap(({ after: source }) => alertsOf(source));
  const names = new Set(after.map(({ name }) => name));
  const expressions = new Set(after.map(({ rule }) => rule));
  return files.flatMap((file) => {
    const before = alertsOf(file.before);
    const own = alertsOf(file.after);
    if (own.length >= before.length) return [];
    return before
      .filter(({ name, rule }) => !names.has(name) && !expressions.has(rule))
      .flatMap(({ name, line }) => gone(file, line, name));
  });
}

// Rules of Prometheus stand in files of their own or in objects of Kubernetes.
function alertsOf(source: Source | null): readonly Alert[] {
  if (source === null || !/^[ \t]*(?:-[ \t]*)?["']?alert["']?[ \t]*:/m.test(source.text)) return [];
  return (dataOf(source) ?? []).flatMap((data) =>
    [at(data, 'groups'), at(data, 'spec', 'groups'), ...inValues(data)].flatMap((groups) =>
      itemsOf(groups).flatMap((group) => itemsOf(at(group, 'rules')).flatMap(alertOf)),
    ),
  );
}

function inValues(data: Data): readonly Data[] {
  return entriesIn(data).flatMap(([, { value }]) => {
    const groups = at(value, 'groups');
    return groups === null ? [] : [groups];
  });
}

function alertOf(rule: Data): readonly Alert[] {
  const name = scalarAt(rule, 'alert');
  if (typeof name !== 'string') return [];
  return [{ name, rule: String(scalarAt(rule, 'expr') ?? ''), line: rule.line }];
}
