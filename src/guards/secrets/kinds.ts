/** A form of credential that its issuer made recognisable. */
export interface Kind {
  readonly name: string;
  /** The credential is the whole match, or its first group where there is one. */
  readonly pattern: RegExp;
  /** Least Shannon entropy of the credential, in bits a character; 3 unless given. */
  readonly entropy?: number;
  /** A key for sandboxes, or one that browsers may see: told, but it stops nothing. */
  readonly mild?: boolean;
  /** What it is worth where it stands in code; it stops a change unless given. */
  readonly severity?: 'warn';
  /** The line must also match this, for forms that are not telling enough alone. */
  readonly beside?: RegExp;
}

// Token forms as their issuers document them. A group marks the secret where the match holds more.
/** Credentials known by their form: what they are called, and what they look like. */
export const kinds: readonly Kind[] = [
  // Cloud
  { name: 'AWS access key', pattern: /\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}\b/ },
  {
    name: 'AWS secret key',
    pattern: /aws.{0,20}?(?:secret|key).{0,30}?["'`=:\s]([A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])/i,
    entropy: 4,
  },
  { name: 'Amazon Bedrock key', pattern: /\bABSK[A-Za-z0-9+/]{109,269}={0,2}/ },
  { name: 'Google API key', pattern: /\bAIza[\w-]{35}(?![\w-])/, mild: true },
  { name: 'Google OAuth secret', pattern: /\bGOCSPX-[\w-]{28}(?![\w-])/ },
  { name: 'Google OAuth token', pattern: /\bya29\.[\w-]{30,}/ },
  // Not the one of the emulator, which all developers share.
  {
    name: 'Azure storage key',
    pattern: /AccountKey=(?!Eby8vdM02xNOcqFlqUwJ)([A-Za-z0-9+/]{86}==)/,
  },
  { name: 'Azure client secret', pattern: /(?<![\w~.-])[\w~.]{3}\dQ~[\w~.-]{31,34}(?![\w~.-])/ },
  { name: 'Azure DevOps token', pattern: /\b[A-Za-z0-9]{76}AZDO[A-Za-z0-9]{4}\b/ },
  { name: 'Alibaba access key', pattern: /\bLTAI[A-Za-z0-9]{20}\b/ },
  { name: 'Tencent secret id', pattern: /\bAKID[A-Za-z0-9]{32}\b/ },
  { name: 'DigitalOcean token', pattern: /\bdo[opr]_v1_[a-f0-9]{64}\b/ },
  { name: 'Heroku key', pattern: /\bHRKU-AA[\w-]{58}\b/ },
  {
    name: 'Fly.io token',
    pattern: /\b(?:fm1[ar]|fm2)_[A-Za-z0-9+/]{100,}={0,3}|\bfo1_[\w-]{43}\b/,
  },
  { name: 'Cloudflare origin key', pattern: /\bv1\.0-[a-f0-9]{24}-[a-f0-9]{146}\b/ },
  { name: 'Netlify token', pattern: /\bnf[pcoub]_[A-Za-z0-9]{36}\b/ },
  { name: 'Vercel token', pattern: /\bvc[piark]_[A-Za-z0-9]{40,60}\b/ },
  { name: 'Vault token', pattern: /\bhv[sb]\.[\w-]{90,300}\b/ },
  { name: 'Terraform Cloud token', pattern: /\b[A-Za-z0-9]{14}\.atlasv1\.[\w=-]{60,70}/ },
  { name: 'Pulumi token', pattern: /\bpul-[a-f0-9]{40}\b/ },
  { name: 'Doppler token', pattern: /\bdp\.(?:pt|st|ct|sa|scim|audit)\.[\w.-]{40,60}/ },
  {
    name: 'Tailscale key',
    pattern: /\btskey-(?:auth|api|client|scim|webhook)-[A-Za-z0-9]{8,}-[A-Za-z0-9]{20,}/,
  },
  { name: '1Password token', pattern: /\bops_eyJ[A-Za-z0-9+/]{250,}={0,3}/ },
  {
    name: '1Password secret key',
    pattern: /\bA3-[A-Z0-9]{6}-(?:[A-Z0-9]{11}|[A-Z0-9]{6}-[A-Z0-9]{5})(?:-[A-Z0-9]{5}){3}\b/,
  },
  { name: 'age key', pattern: /\bAGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}/ },
  // Source code, packages, CI
  { name: 'GitHub token', pattern: /\bgh[pousr]_[A-Za-z0-9]{36,251}\b/ },
  { name: 'GitHub token', pattern: /\bghs_\d+_eyJ[\w-]+\.[\w-]+\.[\w-]{20,}/ },
  { name: 'GitHub token', pattern: /\bgithub_pat_\w{82}\b/ },
  {
    name: 'GitLab token',
    pattern: /\bgl(?:pat|dt|rt|cbt|ptt|ft|imt|agent|oas|soat|ffct)-[\w.-]{20,300}(?![\w-])/,
  },
  { name: 'GitLab runner token', pattern: /\bGR1348941[\w-]{20}\b/ },
  { name: 'Bitbucket or Atlassian token', pattern: /\bAT(?:ATT3|CTT3|BB)[\w=-]{32,300}/ },
  { name: 'npm token', pattern: /\bnpm_[A-Za-z0-9]{36}\b/ },
  { name: 'npm token', pattern: /_authToken\s*=\s*["']?([\w.-]{20,}|[a-f0-9-]{36})["']?\s*$/ },
  { name: 'PyPI token', pattern: /\bpypi-AgE[\w-]{50,}/ },
  { name: 'RubyGems key', pattern: /\brubygems_[a-f0-9]{48}\b/ },
  { name: 'crates.io token', pattern: /\bcio[A-Za-z0-9]{32}\b/ },
  { name: 'NuGet key', pattern: /\boy2[a-z0-9]{43}\b/ },
  { name: 'Clojars token', pattern: /\bCLOJARS_[a-z0-9]{60}\b/i },
  { name: 'Docker Hub token', pattern: /\bdckr_(?:pat|oat)_[\w-]{27,36}\b/ },
  { name: 'Artifactory token', pattern: /\b(?:AKCp[A-Za-z0-9]{69}|cmVmd[A-Za-z0-9]{59})\b/ },
  { name: 'CircleCI token', pattern: /\bCCIPAT_[A-Za-z0-9]{22}_[a-f0-9]{40}\b/ },
  { name: 'Buildkite token', pattern: /\bbk(?:ua|aj|ct)_[A-Za-z0-9]{40}\b/ },
  { name: 'Sourcegraph token', pattern: /\bsgp_(?:[a-fA-F0-9]{16}_|local_)?[a-fA-F0-9]{40}\b/ },
  // Models
  {
    name: 'OpenAI key',
    pattern: /\bsk-(?:(?:proj|svcacct|admin|None)-)?[\w-]{20,}T3BlbkFJ[\w-]{20,}/,
  },
  { name: 'Anthropic key', pattern: /\bsk-ant-(?:api|admin|oat|ort|sid)\d\d-[\w-]{80,}/ },
  { name: 'OpenRouter key', pattern: /\bsk-or-v1-[a-f0-9]{64}\b/ },
  { name: 'Hugging Face token', pattern: /\b(?:hf_|api_org_)[A-Za-z]{34}\b/ },
  { name: 'Replicate token', pattern: /\br8_[A-Za-z0-9]{37}\b/ },
  { name: 'Groq key', pattern: /\bgsk_[A-Za-z0-9]{52}\b/ },
  { name: 'xAI key', pattern: /\bxai-[A-Za-z0-9]{80}\b/ },
  { name: 'Perplexity key', pattern: /\bpplx-[A-Za-z0-9]{48}\b/ },
  { name: 'LangSmith key', pattern: /\blsv2_(?:pt|sk)_[a-f0-9]{32}_[a-f0-9]{10}\b/ },
  // Money
  { name: 'Stripe or Clerk live key', pattern: /\b(?:sk|rk)_(?:live|prod)_[A-Za-z0-9]{10,99}\b/ },
  {
    name: 'Stripe or Clerk test key',
    pattern: /\b(?:sk|rk)_test_[A-Za-z0-9]{20,99}\b/,
    mild: true,
  },
  { name: 'webhook signing secret', pattern: /\bwhsec_[A-Za-z0-9+/]{32,}={0,2}/ },
  { name: 'Square token', pattern: /\b(?:sq0(?:atp|csp|idp)-[\w-]{22,43}|EAAA[\w-]{60})(?![\w-])/ },
  { name: 'Shopify token', pattern: /\bshp(?:at|ca|pa|ss)_[A-Za-z0-9]{32,64}\b/ },
  {
    name: 'Plaid token',
    pattern:
      /\baccess-(?:production|development)-[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}\b/,
  },
  { name: 'Razorpay key', pattern: /\brzp_live_[A-Za-z0-9]{14,}\b/ },
  { name: 'Flutterwave key', pattern: /\bFLWSECK-[a-f0-9]{32}-X\b/ },
  // Messages
  {
    name: 'Slack token',
    pattern: /\bxox[baprseo](?:\.xox[bp])?-(?=[\w-]{0,80}[A-Za-z])[\w-]{20,}/,
    entropy: 2.8,
  },
  { name: 'Slack token', pattern: /\bxapp-\d-[A-Z0-9]+-\d+-[a-z0-9]{20,}/i },
  {
    name: 'Slack webhook',
    pattern: /hooks\.slack\.com\/(?:services|workflows|triggers)\/([A-Za-z0-9+/]{40,60})/,
  },
  {
    name: 'Discord bot token',
    pattern: /\b[MNO][\w-]{23,25}\.[\w-]{6}\.[\w-]{27,38}(?![\w-])/,
    entropy: 4.2,
    beside: /discord|bot|token/i,
  },
  {
    name: 'Discord webhook',
    pattern: /discord(?:app)?\.com\/api\/webhooks\/\d{17,20}\/([\w-]{60,80})/,
  },
  {
    name: 'Teams webhook',
    pattern: /\.webhook\.office\.com\/webhookb2\/([\w@-]{70,}\/IncomingWebhook\/[a-z0-9]{32})/,
  },
  { name: 'Telegram bot token', pattern: /(?<!\d)\d{8,10}:AA[\w-]{33}(?![\w-])/ },
  { name: 'Twilio key', pattern: /\bSK[a-f0-9]{32}\b/, beside: /twilio|api.?key|sid|secret/i },
  { name: 'SendGrid key', pattern: /\bSG\.[\w-]{16,32}\.[\w-]{16,64}(?![\w-])/ },
  {
    name: 'Mailgun key',
    pattern: /\b(?:key-[a-f0-9]{32}|[a-f0-9]{32}-[a-f0-9]{8}-[a-f0-9]{8})\b/,
    beside: /mailgun|key-/i,
  },
  { name: 'Mailchimp key', pattern: /\b[a-f0-9]{32}-us\d{1,2}\b/ },
  { name: 'Brevo key', pattern: /\bxkeysib-[a-f0-9]{64}-[A-Za-z0-9]{16}\b/ },
  { name: 'Resend key', pattern: /\bre_[A-Za-z0-9]{8}_[A-Za-z0-9]{24}\b/ },
  // Data, monitoring, work
  { name: 'Supabase token', pattern: /\b(?:sbp_[a-f0-9]{40}|sb_secret_[\w-]{22,50})\b/ },
  { name: 'PlanetScale token', pattern: /\bpscale_(?:tkn|pw|oauth)_[\w=.-]{32,64}/ },
  {
    name: 'Grafana token',
    pattern: /\b(?:glsa_[A-Za-z0-9]{32}_[A-Fa-f0-9]{8}|glc_eyJ[A-Za-z0-9+/]{32,400}={0,2})/,
  },
  { name: 'Sentry token', pattern: /\b(?:sntrys_eyJ[A-Za-z0-9+/=_]{80,}|sntryu_[a-f0-9]{64})/ },
  { name: 'New Relic key', pattern: /\b(?:NRAK-[A-Z0-9]{27}|NRII-[\w-]{32}|NRAA-[a-f0-9]{27})\b/ },
  { name: 'Dynatrace token', pattern: /\bdt0[a-zA-Z]\d\d\.[A-Z0-9]{24}\.[A-Z0-9]{64}\b/i },
  { name: 'PostHog personal key', pattern: /\bphx_[A-Za-z0-9]{40,48}\b/ },
  { name: 'Postman key', pattern: /\bPMAK-[a-f0-9]{24}-[a-f0-9]{34}\b/ },
  { name: 'Linear key', pattern: /\blin_(?:api|oauth)_[A-Za-z0-9]{40,64}\b/ },
  { name: 'Notion token', pattern: /\b(?:secret_[A-Za-z0-9]{43}|ntn_[A-Za-z0-9]{46})\b/ },
  { name: 'Figma token', pattern: /\bfig[dou]r?_[\w-]{40,}/ },
  { name: 'Airtable token', pattern: /\bpat[A-Za-z0-9]{14}\.[a-f0-9]{64}\b/ },
  { name: 'ReadMe key', pattern: /\brdme_[a-z0-9]{70}\b/ },
  { name: 'Typeform token', pattern: /\btfp_[\w-]{44}_[\w-]{14}\b/ },
  { name: 'EasyPost key', pattern: /\bEZ[AT]K[A-Za-z0-9]{54}\b/ },
  { name: 'Duffel token', pattern: /\bduffel_live_[\w=-]{43}/ },
  { name: 'Shippo token', pattern: /\bshippo_live_[a-f0-9]{40}\b/ },
  { name: 'Frame.io token', pattern: /\bfio-u-[\w=-]{64}/ },
  { name: 'Adobe client secret', pattern: /\bp8e-[A-Za-z0-9]{32}\b/ },
  { name: 'Amazon Bedrock key', pattern: /\bbedrock-api-key-[A-Za-z0-9+/=]{28,}/ },
  { name: 'ClickHouse Cloud key', pattern: /\b4b1d[A-Za-z0-9]{38}\b/ },
  { name: 'Facebook page token', pattern: /\bEAA[MC][A-Za-z0-9]{100,}/ },
  { name: 'Grafana key', pattern: /\beyJrIjoi[A-Za-z0-9]{70,400}={0,3}/ },
  { name: 'Harness token', pattern: /\b[ps]at\.[\w-]{22}\.[a-zA-Z0-9]{24}\.[a-zA-Z0-9]{20}\b/ },
  { name: 'Infracost key', pattern: /\bico-[A-Za-z0-9]{32}\b/ },
  { name: 'Octopus Deploy key', pattern: /\bAPI-[A-Z0-9]{26}\b/ },
  { name: 'OpenShift token', pattern: /\bsha256~[\w-]{43}(?![\w-])/ },
  { name: 'Scalingo token', pattern: /\btk-us-[\w-]{48}(?![\w-])/ },
  { name: 'SettleMint token', pattern: /\bsm_(?:aat|pat|sat)_[A-Za-z0-9]{16,}\b/ },
  { name: 'SonarQube token', pattern: /\bsq[upa]_[a-f0-9]{40}\b/ },
  {
    name: 'Snyk token',
    pattern:
      /\bsnyk[\w.-]{0,30}["'\s]{0,3}[:?]{0,3}=?>?\s{0,3}["']?([a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12})\b/i,
  },
  {
    name: 'password of a command line',
    pattern:
      /\bcurl\b.{0,300}?\s(?:-u|--user)[ =]?\s?["']?[\w.@{}-]{0,80}["']?:["']?([^\s"'$:{}<>]{8,100})["'\s]/,
    severity: 'warn',
  },
  {
    name: 'authorization of a command line',
    pattern:
      /\bcurl\b.{0,300}?\s(?:-H|--header)\s{1,2}["'](?:Authorization|Api-Token|X-Api-Key|Token|X-Auth-Token|PRIVATE-TOKEN|Private-Token):\s{0,2}(?:(?:Basic|Bearer|Token|Api-?Key)\s)?([\w+/=.~@-]{16,500})["']/i,
    severity: 'warn',
  },
  { name: 'Databricks token', pattern: /\bdapi[a-fA-F0-9]{32}(?:-\d)?\b/ },
  { name: 'Prefect token', pattern: /\bpnu_[A-Za-z0-9]{36}\b/ },
];

/** One quick look: a line that does not match this holds no kind from the table. */
export const mayHoldKind: RegExp =
  /AKI|ASIA|ABIA|ACCA|aws|ABSK|AIza|GOCSPX|ya29|AccountKey|\dQ~|AZDO|LTAI|_v1_|HRKU|fm1|fm2|fo1_|v1\.0-|nf[pcoub]_|hv[sb]\.|atlasv1|pul-|dp\.|tskey|ops_|A3-|AGE-|gh[pousr]_|github_pat|gl[a-z]+-|GR1348|ATATT|ATCTT|ATBB|npm_|_authToken|pypi-|rubygems|cio|oy2|CLOJARS|dckr|AKCp|cmVm|CCIPAT|bk(?:ua|aj|ct)_|sgp_|sk-|hf_|api_org_|r8_|gsk_|xai-|pplx-|lsv2_|dapi|[sr]k_|whsec|sq0|EAAA|shp|access-|rzp_|FLWSECK|xox|xapp|slack|discord|bot|token|office\.com|:AA|SK|SG\.|key-|mailgun|-us\d|xkeysib|re_|sbp_|sb_secret|pscale|gls?[ac]_|sntry|NR(?:AK|II|AA)|dt0|phx_|PMAK|lin_|secret_|ntn_|fig|pat|rdme|tfp_|EZ[AT]K|duffel|shippo|fio-|pnu_|vc[piark]_|p8e-|bedrock|4b1d|EAA|eyJr|[ps]at\.|ico-|API-|sha256~|tk-us|sm_|sq[upa]_|snyk|curl/i;
