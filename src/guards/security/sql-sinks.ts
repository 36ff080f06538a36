import type { Sink } from '../code/flows.ts';
import type { Language } from '../guard.ts';

const script: readonly Language[] = ['typescript', 'tsx', 'javascript'];
const generic = String.raw`(?:<[^()<>]{0,80}(?:<[^()<>]{0,80}>)?[^()<>]{0,40}>)?`;

function method(names: string, type = ''): RegExp {
  return new RegExp(String.raw`(?:\.|->|::|\?\.)(?:${names})\b${type}(?=\s*\(| ["'])`);
}

const calls: readonly Sink[] = [
  {
    languages: script,
    callee: method(
      String.raw`query|execute|raw|unsafe|\$queryRawUnsafe|\$executeRawUnsafe|whereRaw|havingRaw|orderByRaw|selectRaw|fromRaw|joinRaw|groupByRaw|prepare|exec|run|all|get|each|literal|createQuery|any|none|one|oneOrNone|many|manyOrNone`,
      generic,
    ),
  },
  {
    languages: ['python'],
    callee:
      /\.(?:execute|executemany|executescript|execute_sql|raw|extra|fetch|fetchrow|fetchval|read_sql|read_sql_query|mogrify|prepare|cursor|run|native_query|stream|scalars?|where|filter|order_by|having|from_statement)\b(?=\s*\()|(?<![\w.])(?:sqlalchemy\.|sa\.|db\.)?(?:text|RawSQL)(?=\()/,
    places: 'all',
  },
  {
    languages: ['go'],
    callee: method(
      'Query|QueryRow|QueryContext|QueryRowContext|Exec|ExecContext|Prepare|PrepareContext|Raw|Queryx|QueryxContext|QueryRowx|Get|GetContext|Select|SelectContext|MustExec|NamedExec|NamedQuery|ExecOne|QueryOne|ExecOneContext|QueryOneContext|Where|WhereOr|Order|Having|Joins|Group|ColumnExpr|FormatQuery|QueryFunc|SendBatch|Queue|Pluck|Not|Or|Model|WhereIn|Distinct',
    ),
    places: 'all',
  },
  {
    languages: ['java', 'kotlin'],
    callee: method(
      'executeQuery|executeUpdate|execute|executeLargeUpdate|addBatch|prepareStatement|prepareCall|nativeSQL|createQuery|createNativeQuery|createSQLQuery|queryForObject|queryForList|queryForMap|queryForRowSet|queryForInt|queryForLong|queryForStream|query|update|batchUpdate|rawQuery|execSQL|newQuery|preparedQuery|setFilter|grouping|executeStatement|queryWithParams|updateWithParams|prepare|sqlRestriction|compileStatement',
    ),
    places: 'all',
  },
  {
    languages: ['ruby'],
    callee:
      /\.(?:execute|exec|exec_query|exec_params|async_exec|find_by_sql|select_all|select_rows|select_values?|select_one|count_by_sql|query|prepare|run|fetch|send_query|sync_exec|async_exec_params|sync_exec_params)\b(?=\s*\(| ["'\w@])/,
  },
  {
    languages: ['php'],
    callee: method(
      'query|exec|prepare|raw|select|statement|unprepared|insert|update|delete|whereRaw|orderByRaw|selectRaw|havingRaw|groupByRaw|orWhereRaw|get_results|get_var|get_row|get_col|executeQuery|executeStatement|createQuery|createNativeQuery|multi_query|real_query|fetchAssoc|fetchAll',
    ),
  },
  {
    languages: ['php'],
    callee:
      /(?<![\w>:$])(?:mysqli?_query|pg_query|pg_send_query|sqlsrv_query|sqlite_query|mssql_query|odbc_exec|mysqli_multi_query)(?=\s*\()/,
    places: 'all',
  },
  {
    languages: ['csharp'],
    callee: new RegExp(
      String.raw`\bnew\s+\w*(?:SqlCommand|OleDbCommand|OdbcCommand|OracleCommand|SqliteCommand|SqlDataAdapter|NpgsqlCommand)(?=\s*\()|\.(?:FromSqlRaw|ExecuteSqlRaw|ExecuteSqlRawAsync|ExecuteSqlCommand|SqlQuery|SqlQueryRaw|Query|QueryAsync|QueryFirst\w*|QuerySingle\w*|ExecuteAsync|Execute|ExecuteScalar\w*|ExecuteReader\w*|ExecuteNonQuery\w*)\b${generic}(?=\s*\()|\.CommandText\s*=(?![=>])`,
    ),
  },
  {
    languages: ['rust'],
    callee:
      /\.(?:query|execute|prepare|query_row|query_one|query_opt|query_map|batch_execute|simple_query)(?=\s*\()|\b(?:sqlx::)?(?:query|query_as|query_scalar|sql_query)(?:::<[^()]{0,60}>)?(?=\s*\()/,
  },
];

// Text that begins or goes on like a statement.
const statement =
  /(?:^|["'`\s(])(?:select\s[\s\S]{1,400}?\bfrom\b|insert\s+(?:or\s+\w+\s+)?into\s|update\s+[\s\S]{1,200}?\bset\b|delete\s+from\s|merge\s+into\s|(?:drop|alter|create|truncate)\s+(?:table|database|view|index|user|role|schema)\s|(?:union|where|order\s+by|having|and|or|values|exec(?:ute)?|call|copy)\s)/i;

/** Calls that hand a text to a database as a statement. */
export const statementSinks: readonly Sink[] = calls.map((sink) => ({ ...sink, fits: statement }));

/** Methods of query builders that take a piece of a statement; no keyword tells it. */
export const pieceSinks: readonly Sink[] = [
  {
    languages: ['ruby'],
    callee:
      /\.(?:where|rewhere|order|reorder|having|joins|group|update_all|delete_all|destroy_all|exists\?|find_by|calculate|lock|from|pluck)(?=\s*\(| ["'])/,
    unless: /sanitize_sql|\bquote/,
  },
  {
    languages: ['php'],
    callee: method('whereRaw|orderByRaw|selectRaw|havingRaw|groupByRaw|orWhereRaw'),
  },
  {
    languages: script,
    callee: method('whereRaw|havingRaw|orderByRaw|selectRaw|joinRaw|groupByRaw'),
  },
];
