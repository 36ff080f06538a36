// Names that say who may do something. Data: a new framework is a new line.
const verbs =
  'require|ensure|check|verify|assert|validate|enforce|protect|must(?:Be|Have)?|need|only|restrict|guard';
const objects =
  'auth\\w*|login|logged_?in|user|admin|super_?user|staff|member|owner|ownership|roles?|permissions?|perms?|scopes?|access|session|jwt|token|api_?key|csrf|signature|identity|tenant|acl|rbac|policy|can[A-Z]\\w*';

const checkCalls: readonly RegExp[] = [
  new RegExp(
    `^_?(?:${verbs})_?(?:is_?|has_?|current_?|valid_?|request_?|the_?)?(?:${objects})\\w*$`,
    'i',
  ),
  /^_?(?:require|ensure|check|verify|assert|validate|enforce)[A-Z]\w*(?:Auth|Owner|Access|Permission|Role|Admin|Session|Signature|Csrf|Scope)\w*$/,
  /^(?:authenticate|authorize|authorise|isAuthenticated|is_authenticated|isAuthorized|isLoggedIn|ensureLoggedIn|checkAccess|has_?(?:perm|role|permission|any_?role|authority|scope)s?|throwIf(?:Cant?|Not\w*)|throwIfCant\w*|deny(?:Access|Unless)\w*|abort_unless|protect|csrf|csurf|csrfProtection|jwt_required|withAuth|withSession|authMiddleware|passport)$/i,
  /^(?:auth|authn|authz|requiresAuth|authenticated|authorized|adminOnly|isAdmin|basicAuth|bearerAuth|expressJwt|expressjwt|clerkMiddleware|helmet)$/i,
  /^_?(?:authenticate|authorize|authorise|doorkeeper_authorize)_\w+$|^(?:load_and_authorize_resource|verify_authenticity_token|denyAccessUnlessGranted|AuthorizeAsync|Authorize)$/,
  /(?:Auth|Authentication|Authorization|Permission|Csrf|CSRF|Jwt|JWT|Session)(?:Middleware|Guard|Filter|Interceptor|Required|Check|Handler)\w*$/,
];

/** Whether a function of this name decides who may go on. */
export function isAuthCall(name: string): boolean {
  return checkCalls.some((pattern) => pattern.test(name));
}

const decorators =
  /^(?:login_required|permission_required|user_passes_test|staff_member_required|superuser_required|csrf_protect|jwt_required|token_required|auth_required|requires?_?(?:auth\w*|login|admin|roles?|permissions?|scopes?|user)\w*|roles?_(?:required|accepted|allowed)|permission_classes|authentication_classes|admin_required|authorize[ds]?|authenticated|UseGuards|Auth(?:orized?|enticated|Guard)?|Authorize(?:Attribute)?|IsGranted|ValidateAntiForgeryToken|RequireHttps|Roles?|Permissions?|RequirePermissions?|RequireRoles?|Secured|PreAuthorize|PostAuthorize|RolesAllowed|RequiresPermissions|RequiresRoles|RequiresAuthentication|DenyAll|SaCheck\w+|verify_\w+|check_permissions?)$/i;

/** Whether a decorator or annotation of this name restricts who may call. */
export function isAuthDecorator(name: string): boolean {
  return decorators.test(name);
}

const openers =
  /^(?:csrf_exempt|login_not_required|Public|IsPublic|SkipAuth|NoAuth|AllowAnonymous(?:Attribute)?|AnonymousAllowed|PermitAll|SkipThrottle|Unauthenticated|public_endpoint|allow_anonymous|exempt)$/;

/** Whether a decorator or annotation of this name opens something to everybody. */
export function isOpener(name: string): boolean {
  return openers.test(name);
}

const conditions =
  /(?:\b|_|\.)(?:is_?(?:Admin|Owner|Staff|Super_?user|Authenticated|Authorized|Authorised|Logged_?In|Allowed|Permitted|Member|anonymous)|has_?(?:Role|Permission|Perm|Access|Scope|Authority)s?|permissions?\b|roles?\b|scopes?\b|current_?user\b|req\.user\b|ctx\.user\b|context\.user\b|request\.user\b|session\.user\b|owner_?id\b|user_?id\s*[!=]==?|is_?(?:valid)?_?(?:token|signature)|(?:verify|valid)\w*(?:token|signature|jwt)|unauthorized|forbidden)/i;

/** Whether a condition asks who somebody is or what they may do. */
export function isAuthCondition(text: string): boolean {
  return (conditions.test(text) || ability.test(text)) && !chatRole.test(text);
}

const ability = /(?:^|[.\s!(])can(?:[A-Z]\w*)?\(/;

// The role of a chat message says who spoke, not what somebody may do.
const chatRole =
  /\brole['"\])]*\s*[!=]==?\s*['"](?:user|assistant|system|tool|model|developer|function)['"]/;

const refusing =
  /\b\w*(?:throw|deny|denied|forbid|reject|abort|redirect|unauthori[sz]ed|permission_?error)\w*\s*\(/i;

/** Whether a branch hands over to something that turns people away, such as `throwPermissionError()`. */
export function refuses(text: string): boolean {
  return refusing.test(text);
}

const refusals =
  /\b(?:401|403|[Uu]nauthori[sz]ed\w*|[Ff]orbidden\w*|UNAUTHORIZED|FORBIDDEN|PermissionDenied|AccessDenied\w*|NotAuthenticated|AuthenticationFailed|[Pp]ermission [Dd]enied|[Nn]ot (?:allowed|permitted|authori[sz]ed)|StatusUnauthorized|StatusForbidden|login)\b/;

/** Whether a branch turns somebody away. */
export function isRefusal(text: string): boolean {
  return refusals.test(text);
}

const words =
  /auth(?!or\b|ors\b|ored)|log_?in\b|login|permission|\broles?\b|\bscopes?\b|\baccess|owner|csrf|guard|policy|policies|protect|admin|signature|verif|forbid|credential|session|\bcan[A-Z]|acl\b|tenant/i;

/** Whether a line has to do with rights in any way: enough to believe that a check was replaced. */
export function speaksOfRights(line: string): boolean {
  return words.test(line);
}
