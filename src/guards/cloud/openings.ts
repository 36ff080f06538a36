import type { Resource } from '../resources/resource.ts';
import type { Setting } from '../resources/setting.ts';

/** Ports that a rule opens to every address of the internet. */
export interface Opening {
  readonly from: number;
  readonly to: number;
  readonly line: number;
}

const everywhere = /^(?:0\.0\.0\.0\/0|::\/0|\*|0\.0\.0\.0|internet|any|<nw>\/0|\/0)$/i;

interface Form {
  readonly types: RegExp;
  /** Path of the nested rules; empty when the resource is one rule. */
  readonly group: string;
  readonly sources: readonly string[];
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly protocol: readonly string[];
  /** Settings that must have one of these values, or be absent. */
  readonly only?: Readonly<Record<string, RegExp>>;
  /** Settings that must be there with one of these values. */
  readonly must?: Readonly<Record<string, RegExp>>;
}

const aws = {
  sources: ['cidr_blocks', 'ipv6_cidr_blocks', 'cidr_ipv4', 'cidr_ipv6', 'cidr_block'],
  from: ['from_port'],
  to: ['to_port'],
  protocol: ['protocol', 'ip_protocol'],
} as const;
const azure = {
  sources: ['source_address_prefix', 'source_address_prefixes'],
  from: ['destination_port_range', 'destination_port_ranges'],
  to: [],
  protocol: [],
  must: { direction: /^inbound$/i, access: /^allow$/i },
} as const;
const stack = {
  sources: ['CidrIp', 'CidrIpv6'],
  from: ['FromPort'],
  to: ['ToPort'],
  protocol: ['IpProtocol'],
} as const;

const forms: readonly Form[] = [
  { ...aws, types: /^aws_(?:default_)?security_group$/, group: 'ingress' },
  { ...aws, types: /^aws_security_group_rule$/, group: '', must: { type: /^ingress$/ } },
  { ...aws, types: /^aws_vpc_security_group_ingress_rule$/, group: '' },
  {
    ...aws,
    types: /^aws_(?:default_)?network_acl$/,
    group: 'ingress',
    sources: ['cidr_block', 'ipv6_cidr_block'],
    must: { action: /^allow$/i },
  },
  {
    ...aws,
    types: /^aws_network_acl_rule$/,
    group: '',
    sources: ['cidr_block', 'ipv6_cidr_block'],
    must: { rule_action: /^allow$/i },
    only: { egress: /^false$/ },
  },
  {
    types: /^google_compute_firewall$/,
    group: '',
    sources: ['source_ranges'],
    from: ['allow.ports'],
    to: [],
    protocol: ['allow.protocol'],
    only: { direction: /^INGRESS$/ },
    must: { 'allow.protocol': /./ },
  },
  { ...azure, types: /^azurerm_network_security_rule$/, group: '' },
  { ...azure, types: /^azurerm_network_security_group$/, group: 'security_rule' },
  {
    types: /^digitalocean_firewall$/,
    group: 'inbound_rule',
    sources: ['source_addresses'],
    from: ['port_range'],
    to: [],
    protocol: [],
  },
  {
    types: /^hcloud_firewall$/,
    group: 'rule',
    sources: ['source_ips'],
    from: ['port'],
    to: [],
    protocol: [],
    must: { direction: /^in$/ },
  },
  {
    types: /^alicloud_security_group_rule$/,
    group: '',
    sources: ['cidr_ip'],
    from: ['port_range'],
    to: [],
    protocol: ['ip_protocol'],
    must: { type: /^ingress$/ },
  },
  {
    types: /^openstack_(?:networking_secgroup_rule|compute_secgroup)_v2$/,
    group: '',
    sources: ['remote_ip_prefix'],
    from: ['port_range_min'],
    to: ['port_range_max'],
    protocol: [],
    only: { direction: /^ingress$/ },
  },
  { ...stack, types: /^AWS::EC2::SecurityGroup$/, group: 'SecurityGroupIngress' },
  { ...stack, types: /^AWS::EC2::SecurityGroupIngress$/, group: '' },
];

/** What a resource opens to the whole internet. */
export function openingsOf(resource: Resource): readonly Opening[] {
  return forms
    .filter(({ types }) => types.test(resource.type))
    .flatMap((form) => rulesOf(resource, form).flatMap((rule) => openedBy(rule, form)));
}

type Rule = ReadonlyMap<string, readonly Setting[]>;

function rulesOf({ settings }: Resource, { group }: Form): readonly Rule[] {
  if (group === '') return [byName(settings, '')];
  const inside = settings.filter(({ path }) => path.startsWith(`${group}.`));
  const items = Map.groupBy(inside, ({ at }) => at.split('.')[0] ?? '');
  return [...items.values()].map((item) => byName(item, `${group}.`));
}

function byName(settings: readonly Setting[], prefix: string): Rule {
  return Map.groupBy(settings, ({ path }) => path.slice(prefix.length));
}

function openedBy(rule: Rule, form: Form): readonly Opening[] {
  const open = pick(rule, form.sources).find(
    ({ value, literal }) => literal && everywhere.test(String(value)),
  );
  if (open === undefined || !fits(rule, form)) return [];
  const { line } = open;
  const isAll = pick(rule, form.protocol).some(({ value }) => /^(?:-1|all)$/i.test(String(value)));
  if (isAll) return [{ from: 0, to: 65_535, line }];
  const isPing = pick(rule, form.protocol).some(({ value }) => /^icmp/i.test(String(value)));
  if (isPing) return [];
  const starts = pick(rule, form.from);
  if (starts.length === 0) return form.to.length === 0 ? [{ from: 0, to: 65_535, line }] : [];
  const end = pick(rule, form.to)[0]?.value;
  return starts.flatMap((start) => {
    const range = rangeOf(start.value, end ?? null);
    return range === null ? [] : [{ ...range, line }];
  });
}

function pick(rule: Rule, names: readonly string[]): readonly Setting[] {
  return names.flatMap((name) => rule.get(name) ?? []);
}

function fits(rule: Rule, { only, must }: Form): boolean {
  const stands = (name: string, pattern: RegExp): boolean =>
    (rule.get(name) ?? []).some(({ value }) => pattern.test(String(value)));
  return (
    Object.entries(must ?? {}).every(([name, pattern]) => stands(name, pattern)) &&
    Object.entries(only ?? {}).every(([name, pattern]) => !rule.has(name) || stands(name, pattern))
  );
}

function rangeOf(
  start: Setting['value'],
  end: Setting['value'],
): { readonly from: number; readonly to: number } | null {
  const text = String(start).trim();
  if (text === '*' || /^(?:all|any)$/i.test(text)) return { from: 0, to: 65_535 };
  const match = /^(-?\d{1,5})(?:\s*[-/]\s*(-?\d{1,5}))?$/.exec(text);
  if (match === null) return null;
  const from = Number(match[1]);
  const to = Number(match[2] ?? (end === null ? from : end));
  if (from === -1) return { from: 0, to: 65_535 };
  return Number.isNaN(to) ? null : { from, to: to === -1 ? 65_535 : to };
}
