/** Every limit of Custos, each with its reason. A limit that is hit is an error with a code. */
export const LIMITS = {
  /** HTTP request body: 1,000 queries of 1 KiB each fit; INTERFACE §5. */
  bodyBytesMax: 1_048_576,
  /** A form of the pages: one hidden path and nothing else. */
  formBytesMax: 8_192,
  /** An Accept-Language header: browsers send less than 200; the rest of a longer one is not read. */
  acceptLanguageCharsMax: 1_000,
  /** One query. Longer texts are articles, which the news desk takes. INTERFACE §5. */
  queryCharsMax: 2_048,
  /** Queries of one batch: a wallet's whole address book fits. INTERFACE §5. */
  batchQueriesMax: 1_000,
  /** A thousand questions of a thousand characters each; a list of addresses has a tenth of it. */
  batchFormBytesMax: 1_048_576,
  /** Rows of one page of a list. INTERFACE §5. */
  pageRowsMax: 500,
  /** Findings shown in one verdict; a name as common as a first name must not fill the memory. */
  findingsMax: 100,
  /** Entities considered for one subject. */
  entitiesMax: 20,
  /** A source file, decompressed. OFAC's SDN_ADVANCED.XML is about 80 MB and grows. */
  sourceBytesMax: 1_073_741_824,
  /** Decompressed bytes per compressed byte: a real list stays below 40, a bomb is far above. */
  sourceRatioMax: 200,
  /** One cell, text node, JSON string or line of a source. UN comments reach 5 kB. */
  sourceCellCharsMax: 262_144,
  /** Rows of one source file: 20 times today's largest (524,170 tags). */
  sourceRowsMax: 10_000_000,
  /** Depth of XML or JSON in a source file. OFAC's schema reaches 14. */
  sourceDepthMax: 64,
  /** Entries of a ZIP file: published lists have one to four. */
  zipEntriesMax: 64,
  /** Redirects followed for one download. RELIABILITY row 21. */
  redirectsMax: 3,
  /** A page or feed that a user names. RELIABILITY row 21. */
  fetchBytesMax: 10_485_760,
  fetchTimeoutMs: 15_000,
  /** The body of a question to a publisher's search: a form or a small JSON object. */
  postBytesMax: 8_192,
  /** A source download: SDN_ADVANCED over a slow line. */
  sourceTimeoutMs: 300_000,
  /** Prefixes of a URL path that are looked up; listed paths are a few segments deep. */
  pathPrefixesMax: 32,
  /** Sites read from one cell of a register: a clone network names six, a hostile cell thousands. */
  cellSitesMax: 200,
  /** Keys of one look-up book: 64 bits of fingerprint stay far below one false hit in a million. */
  bookKeysMax: 50_000_000,
  /** Attempts for one download in one sync; the next sync tries again. */
  fetchAttemptsMax: 3,
  /** Events of one indexed piece: sorted writes pay off, and a page still fits a few megabytes. */
  indexBatchMax: 10_000,
  /** Statements that one key may bring into an answer: an exchange's address has hundreds of tags. */
  hitsPerKeyMax: 500,
  /** Statements shown of one entity: the largest sanctioned group has about 400. */
  entityStatementsMax: 5_000,
  /** Statements of one append batch: large enough to amortise, small enough to stay in cache. */
  appendBatchMax: 1_000,
  /** Days of rates in one file: 27 years of business days are 7,000, of all days 10,000. */
  rateSheetsMax: 100_000,
  /** Quotes of one rate sheet: the widest publisher has given 800. */
  rateQuotesMax: 5_000,
  /** A bank's board, typed or uploaded: a big one has 40 rows of 100 characters. */
  boardCharsMax: 65_536,
  boardRowsMax: 500,
  /** A board pasted into the form of a page: 16 KB of CSV, which a form writes three times as long. */
  pastedBoardCharsMax: 16_384,
  boardFormBytesMax: 65_536,
  /** The part of a link that reopens a purchase calculation: two rows and eight sheets fit. */
  purchaseLinkCharsMax: 2_000,
  /** Points of one history: every day of 27 years fits, a chart asks for far fewer. */
  historyPointsMax: 20_000,
  /** Assets offered where a symbol names several. */
  assetChoicesMax: 20,
  /** Blocks that wait for finality: a day of Ethereum without finality is 7,200. */
  chainHotBlocksMax: 20_000,
  /** Blocks of one backfill batch: batching is ten times as fast as one at a time. */
  chainBatchBlocksMax: 200,
  /** Transactions and transfers of one block: the widest recorded blocks have some thousands. */
  chainRowsOfBlockMax: 1_048_576,
  /** Transfers and events shown of one transaction: an airdrop has thousands. */
  chainRowsOfTxMax: 1_000,
  /** Bytes of one answer of a node: receipts of the fullest blocks are below 20 MB. */
  rpcAnswerBytesMax: 134_217_728,
  /** One answer of a node, and connecting to it: who needs longer is replaced by the next. */
  rpcTimeoutMs: 20_000,
  /** Calls of one batch: what public endpoints accept. */
  rpcBatchMax: 100,
  /** Attempts over all endpoints before a call is given up; the follower then waits and asks anew. */
  rpcAttemptsMax: 5,
  /** Requests a second at the start, at least and at most; the rate adapts to the endpoint. */
  rpcRateStart: 20,
  rpcRateMin: 3,
  rpcRateMax: 500,
  /** Removed blocks that stay known by their hash. */
  chainOrphansMax: 10_000,
  /** Transfers counted for one chart of activity: enough for its shape, read in milliseconds. */
  activityTransfersMax: 10_000,
  /** Transfers of each direction that counterparties are counted over: an exchange has millions. */
  counterpartyTransfersMax: 10_000,
  /** Tokens of one address that are compared for its page: wallets are showered with worthless ones. */
  balanceTokensMax: 10_000,
  /** Transactions of one block: 50 times what any chain has put into one. */
  blockTransactionsMax: 200_000,
  /** Logs of one block: a log costs 375 gas, so a block of a billion gas stays below this. */
  blockLogsMax: 3_000_000,
  /** Calls of one block, from a trace, each of which costs 100 gas or more. */
  blockCallsMax: 10_000_000,
  /** A recorded file that is one JSON value or hex text: V8 holds no longer string. */
  recordedTextMax: 500_000_000,
  /** An offline bundle: nine million identifiers at seven bytes, which a phone still opens. */
  offlineBytesMax: 67_108_864,
} as const
