export namespace desktop {
	
	export class AnswerRow {
	    keys: string[];
	    time: string;
	    currency: string;
	    lines: number;
	    amounts: string[];
	
	    static createFrom(source: any = {}) {
	        return new AnswerRow(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.keys = source["keys"];
	        this.time = source["time"];
	        this.currency = source["currency"];
	        this.lines = source["lines"];
	        this.amounts = source["amounts"];
	    }
	}
	export class Answer {
	    rows: AnswerRow[];
	    totals: AnswerRow[];
	    groups: number;
	
	    static createFrom(source: any = {}) {
	        return new Answer(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.rows = this.convertValues(source["rows"], AnswerRow);
	        this.totals = this.convertValues(source["totals"], AnswerRow);
	        this.groups = source["groups"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	
	export class AppInfo {
	    version: string;
	    offerDemo: boolean;
	    platform: string;
	
	    static createFrom(source: any = {}) {
	        return new AppInfo(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.version = source["version"];
	        this.offerDemo = source["offerDemo"];
	        this.platform = source["platform"];
	    }
	}
	export class BillConflict {
	    provider: string;
	    account: string;
	    month: string;
	    file: string;
	    existingFile: string;
	    reason: string;
	
	    static createFrom(source: any = {}) {
	        return new BillConflict(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.provider = source["provider"];
	        this.account = source["account"];
	        this.month = source["month"];
	        this.file = source["file"];
	        this.existingFile = source["existingFile"];
	        this.reason = source["reason"];
	    }
	}
	export class ColumnState {
	    name: string;
	    focus: boolean;
	    kind: string;
	
	    static createFrom(source: any = {}) {
	        return new ColumnState(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.name = source["name"];
	        this.focus = source["focus"];
	        this.kind = source["kind"];
	    }
	}
	export class Condition {
	    column: string;
	    op: string;
	    values: string[];
	
	    static createFrom(source: any = {}) {
	        return new Condition(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.column = source["column"];
	        this.op = source["op"];
	        this.values = source["values"];
	    }
	}
	export class ControlTotal {
	    currency: string;
	    month: string;
	    metric: string;
	    amount: string;
	
	    static createFrom(source: any = {}) {
	        return new ControlTotal(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.currency = source["currency"];
	        this.month = source["month"];
	        this.metric = source["metric"];
	        this.amount = source["amount"];
	    }
	}
	export class CurrencyState {
	    code: string;
	    lines: number;
	
	    static createFrom(source: any = {}) {
	        return new CurrencyState(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.code = source["code"];
	        this.lines = source["lines"];
	    }
	}
	export class Failure {
	    code: string;
	    message: string;
	    ref: string;
	
	    static createFrom(source: any = {}) {
	        return new Failure(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.code = source["code"];
	        this.message = source["message"];
	        this.ref = source["ref"];
	    }
	}
	export class FileColumn {
	    name: string;
	    raw: string;
	    focus: boolean;
	
	    static createFrom(source: any = {}) {
	        return new FileColumn(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.name = source["name"];
	        this.raw = source["raw"];
	        this.focus = source["focus"];
	    }
	}
	export class ImportedFile {
	    path: string;
	    sha256: string;
	    bytes: number;
	    lines: number;
	    rejects: number;
	
	    static createFrom(source: any = {}) {
	        return new ImportedFile(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.path = source["path"];
	        this.sha256 = source["sha256"];
	        this.bytes = source["bytes"];
	        this.lines = source["lines"];
	        this.rejects = source["rejects"];
	    }
	}
	export class ImportInfo {
	    id: number;
	    state: string;
	    startedAt: string;
	    finishedAt: string;
	    durationMs: number;
	    user: string;
	    lines: number;
	    rejects: number;
	    format: string;
	    version: string;
	    providers: string[];
	    periods: string[];
	    files: ImportedFile[];
	    totals: ControlTotal[];
	    replaces: number[];
	
	    static createFrom(source: any = {}) {
	        return new ImportInfo(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.state = source["state"];
	        this.startedAt = source["startedAt"];
	        this.finishedAt = source["finishedAt"];
	        this.durationMs = source["durationMs"];
	        this.user = source["user"];
	        this.lines = source["lines"];
	        this.rejects = source["rejects"];
	        this.format = source["format"];
	        this.version = source["version"];
	        this.providers = source["providers"];
	        this.periods = source["periods"];
	        this.files = this.convertValues(source["files"], ImportedFile);
	        this.totals = this.convertValues(source["totals"], ControlTotal);
	        this.replaces = source["replaces"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class ImportOptions {
	    strict: boolean;
	    overlap: string;
	
	    static createFrom(source: any = {}) {
	        return new ImportOptions(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.strict = source["strict"];
	        this.overlap = source["overlap"];
	    }
	}
	export class ReplacedBill {
	    provider: string;
	    account: string;
	    month: string;
	    linesBefore: number;
	    linesNow: number;
	
	    static createFrom(source: any = {}) {
	        return new ReplacedBill(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.provider = source["provider"];
	        this.account = source["account"];
	        this.month = source["month"];
	        this.linesBefore = source["linesBefore"];
	        this.linesNow = source["linesNow"];
	    }
	}
	export class ImportOutcome {
	    imports: number[];
	    lines: number;
	    rejects: number;
	    known: string[];
	    replaced: ReplacedBill[];
	    conflicts: BillConflict[];
	
	    static createFrom(source: any = {}) {
	        return new ImportOutcome(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.imports = source["imports"];
	        this.lines = source["lines"];
	        this.rejects = source["rejects"];
	        this.known = source["known"];
	        this.replaced = this.convertValues(source["replaced"], ReplacedBill);
	        this.conflicts = this.convertValues(source["conflicts"], BillConflict);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class SkippedFile {
	    path: string;
	    reason: string;
	
	    static createFrom(source: any = {}) {
	        return new SkippedFile(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.path = source["path"];
	        this.reason = source["reason"];
	    }
	}
	export class PlannedFile {
	    path: string;
	    format: string;
	    version: string;
	    confidence: number;
	    reason: string;
	    dialect: string;
	    sizeBytes: number;
	    columns: FileColumn[];
	    sampleLines: number;
	    estimatedLines: number;
	    providers: string[];
	    billingPeriods: string[];
	    currencies: string[];
	    firstRows: string[][];
	    warnings: string[];
	    status: string;
	
	    static createFrom(source: any = {}) {
	        return new PlannedFile(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.path = source["path"];
	        this.format = source["format"];
	        this.version = source["version"];
	        this.confidence = source["confidence"];
	        this.reason = source["reason"];
	        this.dialect = source["dialect"];
	        this.sizeBytes = source["sizeBytes"];
	        this.columns = this.convertValues(source["columns"], FileColumn);
	        this.sampleLines = source["sampleLines"];
	        this.estimatedLines = source["estimatedLines"];
	        this.providers = source["providers"];
	        this.billingPeriods = source["billingPeriods"];
	        this.currencies = source["currencies"];
	        this.firstRows = source["firstRows"];
	        this.warnings = source["warnings"];
	        this.status = source["status"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class ImportPlan {
	    id: string;
	    files: PlannedFile[];
	    skipped: SkippedFile[];
	    warnings: string[];
	
	    static createFrom(source: any = {}) {
	        return new ImportPlan(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.files = this.convertValues(source["files"], PlannedFile);
	        this.skipped = this.convertValues(source["skipped"], SkippedFile);
	        this.warnings = source["warnings"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	
	export class JobInfo {
	    id: string;
	    kind: string;
	    title: string;
	    state: string;
	    done: number;
	    total: number;
	    unit: string;
	    lines: number;
	    linesPerSecond: number;
	    secondsLeft?: number;
	    message: string;
	    error?: Failure;
	    result?: ImportOutcome;
	
	    static createFrom(source: any = {}) {
	        return new JobInfo(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.kind = source["kind"];
	        this.title = source["title"];
	        this.state = source["state"];
	        this.done = source["done"];
	        this.total = source["total"];
	        this.unit = source["unit"];
	        this.lines = source["lines"];
	        this.linesPerSecond = source["linesPerSecond"];
	        this.secondsLeft = source["secondsLeft"];
	        this.message = source["message"];
	        this.error = this.convertValues(source["error"], Failure);
	        this.result = this.convertValues(source["result"], ImportOutcome);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class TagKeyState {
	    key: string;
	    lines: number;
	
	    static createFrom(source: any = {}) {
	        return new TagKeyState(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.key = source["key"];
	        this.lines = source["lines"];
	    }
	}
	export class MonthState {
	    month: string;
	    complete: boolean;
	    missingDays: number;
	    lastDay: string;
	
	    static createFrom(source: any = {}) {
	        return new MonthState(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.month = source["month"];
	        this.complete = source["complete"];
	        this.missingDays = source["missingDays"];
	        this.lastDay = source["lastDay"];
	    }
	}
	export class ProviderState {
	    name: string;
	    firstDay: string;
	    lastDay: string;
	    importedAt: string;
	    missingDays: string[];
	    lines: number;
	
	    static createFrom(source: any = {}) {
	        return new ProviderState(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.name = source["name"];
	        this.firstDay = source["firstDay"];
	        this.lastDay = source["lastDay"];
	        this.importedAt = source["importedAt"];
	        this.missingDays = source["missingDays"];
	        this.lines = source["lines"];
	    }
	}
	export class MetricState {
	    name: string;
	    known: boolean;
	
	    static createFrom(source: any = {}) {
	        return new MetricState(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.name = source["name"];
	        this.known = source["known"];
	    }
	}
	export class LedgerState {
	    lines: number;
	    firstDay: string;
	    lastDay: string;
	    currencies: CurrencyState[];
	    metrics: MetricState[];
	    providers: ProviderState[];
	    months: MonthState[];
	    columns: ColumnState[];
	    tagKeys: TagKeyState[];
	
	    static createFrom(source: any = {}) {
	        return new LedgerState(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.lines = source["lines"];
	        this.firstDay = source["firstDay"];
	        this.lastDay = source["lastDay"];
	        this.currencies = this.convertValues(source["currencies"], CurrencyState);
	        this.metrics = this.convertValues(source["metrics"], MetricState);
	        this.providers = this.convertValues(source["providers"], ProviderState);
	        this.months = this.convertValues(source["months"], MonthState);
	        this.columns = this.convertValues(source["columns"], ColumnState);
	        this.tagKeys = this.convertValues(source["tagKeys"], TagKeyState);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class LinesPage {
	    total: number;
	    totals: AnswerRow[];
	    columns: string[];
	    rows: string[][];
	
	    static createFrom(source: any = {}) {
	        return new LinesPage(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.total = source["total"];
	        this.totals = this.convertValues(source["totals"], AnswerRow);
	        this.columns = source["columns"];
	        this.rows = source["rows"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class LinesQuestion {
	    where: Condition[];
	    from: string;
	    to: string;
	    currency: string;
	    columns: string[];
	    sortBy: string;
	    sortDesc: boolean;
	    search: string;
	    offset: number;
	    limit: number;
	
	    static createFrom(source: any = {}) {
	        return new LinesQuestion(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.where = this.convertValues(source["where"], Condition);
	        this.from = source["from"];
	        this.to = source["to"];
	        this.currency = source["currency"];
	        this.columns = source["columns"];
	        this.sortBy = source["sortBy"];
	        this.sortDesc = source["sortDesc"];
	        this.search = source["search"];
	        this.offset = source["offset"];
	        this.limit = source["limit"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	
	
	
	
	export class Question {
	    metrics: string[];
	    groupBy: string[];
	    where: Condition[];
	    from: string;
	    to: string;
	    grain: string;
	    currency: string;
	    limit: number;
	    sort: string;
	
	    static createFrom(source: any = {}) {
	        return new Question(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.metrics = source["metrics"];
	        this.groupBy = source["groupBy"];
	        this.where = this.convertValues(source["where"], Condition);
	        this.from = source["from"];
	        this.to = source["to"];
	        this.grain = source["grain"];
	        this.currency = source["currency"];
	        this.limit = source["limit"];
	        this.sort = source["sort"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class RejectRow {
	    file: string;
	    line: number;
	    reason: string;
	    text: string;
	
	    static createFrom(source: any = {}) {
	        return new RejectRow(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.file = source["file"];
	        this.line = source["line"];
	        this.reason = source["reason"];
	        this.text = source["text"];
	    }
	}
	export class RejectsPage {
	    total: number;
	    rows: RejectRow[];
	
	    static createFrom(source: any = {}) {
	        return new RejectsPage(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.total = source["total"];
	        this.rows = this.convertValues(source["rows"], RejectRow);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	
	
	
	export class VerifyCheck {
	    name: string;
	    ok: boolean;
	    detail: string;
	
	    static createFrom(source: any = {}) {
	        return new VerifyCheck(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.name = source["name"];
	        this.ok = source["ok"];
	        this.detail = source["detail"];
	    }
	}
	export class VerifyReport {
	    ok: boolean;
	    checks: VerifyCheck[];
	    durationMs: number;
	
	    static createFrom(source: any = {}) {
	        return new VerifyReport(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.ok = source["ok"];
	        this.checks = this.convertValues(source["checks"], VerifyCheck);
	        this.durationMs = source["durationMs"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class WorkspaceInfo {
	    path: string;
	    name: string;
	    sizeBytes: number;
	    lines: number;
	    openedAt: string;
	    exists: boolean;
	    demo: boolean;
	
	    static createFrom(source: any = {}) {
	        return new WorkspaceInfo(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.path = source["path"];
	        this.name = source["name"];
	        this.sizeBytes = source["sizeBytes"];
	        this.lines = source["lines"];
	        this.openedAt = source["openedAt"];
	        this.exists = source["exists"];
	        this.demo = source["demo"];
	    }
	}

}

