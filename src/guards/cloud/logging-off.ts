import { guard } from '../guard.ts';
import type { Guard, Scene, Sighting } from '../guard.ts';
import { resourcePairs, resources, resourcesGone } from '../resources/resource.ts';
import type { Resource } from '../resources/resource.ts';
import { brokenRules, off, on, oneOf } from '../resources/rule.ts';
import type { Rule } from '../resources/rule.ts';
import { lineAfter } from '../seam.ts';

const trail = (line: string): Readonly<Record<string, string>> => ({
  'infra/log.tf': `resource "aws_cloudtrail" "main" {\n  name = "main"\n${line}}\n`,
});
const flow =
  'resource "aws_flow_log" "vpc" {\n  vpc_id = aws_vpc.main.id\n  traffic_type = "ALL"\n}\n';
const bucket = (line: string): Readonly<Record<string, string>> => ({
  'cfn/b.yaml': `Resources:\n  B:\n    Type: AWS::CloudTrail::Trail\n    Properties:\n      S3BucketName: !Ref Logs\n${line}`,
});

/** The record of who did what, or the measuring of what runs, is turned off. */
export const loggingOff: Guard = guard({
  id: 'cloud/logging-off',
  severity: 'warn',
  protects: 'audit trails, access logs and measurements',
  breaks: 'The next incident or break-in leaves no trace to find its cause by.',
  fix: 'Keep the log; shorten how long it is kept or move it to cheaper storage instead.',
  languages: ['terraform', 'yaml', 'json'],
  cwe: [778],
  confidence: 0.8,
  caught: [
    {
      name: 'the audit trail is stopped',
      before: trail('  enable_logging = true\n'),
      after: trail('  enable_logging = false\n'),
    },
    {
      name: 'flow logs are removed',
      before: { 'infra/vpc.tf': `resource "aws_vpc" "main" {\n}\n${flow}` },
      after: { 'infra/vpc.tf': 'resource "aws_vpc" "main" {\n}\n' },
    },
    {
      name: 'CloudFormation stops the trail',
      before: bucket('      IsLogging: true\n'),
      after: bucket('      IsLogging: false\n'),
    },
    {
      name: 'a trail looks at one region only',
      before: trail('  is_multi_region_trail = true\n'),
      after: trail(''),
    },
    {
      name: 'a load balancer no longer writes its accesses down',
      before: {
        'infra/lb.tf':
          'resource "aws_lb" "l" {\n  access_logs {\n    bucket = "b"\n    enabled = true\n  }\n}\n',
      },
      after: { 'infra/lb.tf': 'resource "aws_lb" "l" {\n}\n' },
    },
  ],
  passed: [
    {
      name: 'logging is turned on',
      before: trail('  enable_logging = false\n'),
      after: trail('  enable_logging = true\n'),
    },
    {
      name: 'flow logs move to another file',
      before: { 'infra/vpc.tf': `resource "aws_vpc" "main" {\n}\n${flow}` },
      after: { 'infra/vpc.tf': 'resource "aws_vpc" "main" {\n}\n', 'infra/flow.tf': flow },
    },
    {
      name: 'the whole network goes with its logs',
      before: { 'infra/vpc.tf': `resource "aws_vpc" "main" {\n}\n${flow}` },
      after: {},
    },
    {
      name: 'a variable decides',
      before: trail('  enable_logging = true\n'),
      after: trail('  enable_logging = var.audit\n'),
    },
    {
      name: 'it was stopped before',
      before: trail('  enable_logging = false\n'),
      after: trail('  enable_logging = false\n  include_global_service_events = true\n'),
    },
  ],
  look,
});

const stops = 'stops the log';

const rules: readonly Rule[] = [
  {
    types: /^(?:aws_cloudtrail|AWS::CloudTrail::Trail)$/,
    path: /^(?:enable_logging|IsLogging|enable_log_file_validation|EnableLogFileValidation)$/,
    isBad: off,
    orAbsent: true,
    says: 'stops the audit trail or its proof',
  },
  {
    types: /^(?:aws_cloudtrail|AWS::CloudTrail::Trail)$/,
    path: /^(?:is_multi_region_trail|IsMultiRegionTrail|include_global_service_events|IncludeGlobalServiceEvents)$/,
    isBad: off,
    orAbsent: true,
    says: 'lets the audit trail see less',
  },
  {
    types: /^aws_(?:guardduty_detector|config_configuration_recorder_status|inspector2_\w+)$/,
    path: /^(?:enable|is_enabled)$/,
    isBad: off,
    says: 'stops watching for break-ins',
  },
  {
    types: /^AWS::GuardDuty::Detector$/,
    path: /^Enable$/,
    isBad: off,
    says: 'stops watching for break-ins',
  },
  {
    types: /^aws_(?:lb|alb|elb)$/,
    path: /^access_logs\.enabled$/,
    isBad: off,
    orAbsent: true,
    says: stops,
    fresh: 'silent',
  },
  {
    types:
      /^(?:aws_(?:eks_cluster|rds_cluster|db_instance|docdb_cluster|neptune_cluster)|AWS::(?:RDS::DB\w+|EKS::Cluster))$/,
    path: /^(?:enabled_cluster_log_types|enabled_cloudwatch_logs_exports|enable_cloudwatch_logs_exports|EnableCloudwatchLogsExports)$/,
    isBad: () => false,
    orAbsent: true,
    says: stops,
  },
  {
    types: /^aws_(?:api_gateway_stage|apigatewayv2_stage|api_gateway_method_settings)$/,
    path: /^(?:access_log_settings\.destination_arn|xray_tracing_enabled|settings\.logging_level)$/,
    isBad: (value) => off(value) || value === 'OFF',
    orAbsent: true,
    says: stops,
    fresh: 'silent',
  },
  {
    types: /^(?:aws_|azurerm_|google_|AWS::)/,
    path: /(?:^|\.)(?:(?:access_)?log(?:s|ging)?(?:_\w{1,40})?\.(?:enabled|general|audit|include_execution_data|http_logs\.\w{1,40})|log_publishing_options\.(?:enabled|log_type)|detailed_error_messages|failed_request_tracing)$/,
    isBad: off,
    orAbsent: true,
    says: stops,
    fresh: 'silent',
  },
  {
    types: /^(?:aws_s3_bucket|google_storage_bucket|aws_codebuild_project)$/,
    path: /^(?:logging\.(?:target_bucket|log_bucket)|logs_config\.\w{1,40}\.status)$/,
    isBad: oneOf('DISABLED'),
    orAbsent: true,
    isReference: true,
    says: stops,
  },
  {
    types: /^(?:aws_db_instance|aws_rds_cluster_instance|AWS::RDS::DBInstance)$/,
    path: /^(?:performance_insights_enabled|EnablePerformanceInsights)$/,
    isBad: off,
    orAbsent: true,
    says: 'stops measuring the database',
    severity: 'note',
    fresh: 'silent',
  },
  {
    types: /^(?:aws_ecs_cluster)$/,
    path: /^setting\.value$/,
    isBad: oneOf('disabled'),
    says: 'stops measuring containers',
    severity: 'note',
    fresh: 'silent',
  },
  {
    types: /^google_compute_(?:subnetwork|region_backend_service|backend_service|firewall)$/,
    path: /^(?:log_config\.\w+)$/,
    isBad: off,
    orAbsent: true,
    says: stops,
    fresh: 'silent',
  },
  {
    types: /^google_container_cluster$/,
    path: /^(?:logging_service|monitoring_service)$/,
    isBad: oneOf('none'),
    says: stops,
  },
  {
    types: /^google_sql_database_instance$/,
    path: /^settings\.insights_config\.query_insights_enabled$/,
    isBad: off,
    orAbsent: true,
    says: 'stops measuring the database',
    severity: 'note',
    fresh: 'silent',
  },
  {
    types: /^azurerm_(?:mssql|sql|postgresql|mysql|mariadb)_\w+$/,
    path: /^(?:log_monitoring_enabled|extended_auditing_policy\.\w+)$/,
    isBad: off,
    orAbsent: true,
    says: stops,
  },
  {
    types: /^azurerm_network_watcher_flow_log$/,
    path: /^enabled$/,
    isBad: off,
    says: stops,
  },
  {
    types: /^(?:aws_|azurerm_|google_)/,
    path: /(?:^|\.)(?:disable_logging|logging_disabled)$/,
    isBad: on,
    says: stops,
    fresh: 'silent',
  },
];

function look(scene: Scene): readonly Sighting[] {
  const all = resources(scene);
  return [
    ...resourcePairs(all).flatMap((pair) => brokenRules(pair, rules)),
    ...resourcesGone(all).flatMap((was) => recorderGone(was, all.after)),
  ];
}

const recorders =
  /^(?:aws_(?:cloudtrail|flow_log|guardduty_detector|config_configuration_recorder|s3_bucket_logging|securityhub_account|route53_query_log|wafv2_web_acl_logging_configuration)|google_(?:logging_\w+_sink|project_iam_audit_config)|azurerm_(?:monitor_diagnostic_setting|network_watcher_flow_log|\w+_extended_auditing_policy)|AWS::(?:CloudTrail::Trail|EC2::FlowLog|GuardDuty::Detector|Config::ConfigurationRecorder))$/;

// What goes with the file and everything in it was taken down, not left unwatched.
function recorderGone(was: Resource, after: readonly Resource[]): readonly Sighting[] {
  if (!recorders.test(was.type) || was.file.after === null) return [];
  if (after.some(({ type }) => type === was.type)) return [];
  return [
    {
      path: was.file.path,
      line: lineAfter(was.file, was.line),
      says: `removes the record that ${was.title} keeps`,
      subject: was.title,
    },
  ];
}
