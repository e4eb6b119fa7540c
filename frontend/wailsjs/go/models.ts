export namespace desktop {
	
	export class AccountName {
	    id: string;
	    name: string;
	
	    static createFrom(source: any = {}) {
	        return new AccountName(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.name = source["name"];
	    }
	}
	export class AccountNames {
	    accounts: AccountName[];
	    billingAccounts: AccountName[];
	
	    static createFrom(source: any = {}) {
	        return new AccountNames(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.accounts = this.convertValues(source["accounts"], AccountName);
	        this.billingAccounts = this.convertValues(source["billingAccounts"], AccountName);
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
	export class BillName {
	    provider: string;
	    account: string;
	    month: string;
	
	    static createFrom(source: any = {}) {
	        return new BillName(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.provider = source["provider"];
	        this.account = source["account"];
	        this.month = source["month"];
	    }
	}
	export class AddedFile {
	    bill: BillName;
	    file: string;
	
	    static createFrom(source: any = {}) {
	        return new AddedFile(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.bill = this.convertValues(source["bill"], BillName);
	        this.file = source["file"];
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
	export class GroupChange {
	    name: string;
	    currency: string;
	    billedBefore: string;
	    billedNow: string;
	    effectiveBefore: string;
	    effectiveNow: string;
	
	    static createFrom(source: any = {}) {
	        return new GroupChange(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.name = source["name"];
	        this.currency = source["currency"];
	        this.billedBefore = source["billedBefore"];
	        this.billedNow = source["billedNow"];
	        this.effectiveBefore = source["effectiveBefore"];
	        this.effectiveNow = source["effectiveNow"];
	    }
	}
	export class CostChange {
	    currency: string;
	    billed: string;
	    effective: string;
	
	    static createFrom(source: any = {}) {
	        return new CostChange(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.currency = source["currency"];
	        this.billed = source["billed"];
	        this.effective = source["effective"];
	    }
	}
	export class LinesChange {
	    lines: number;
	    costs: CostChange[];
	
	    static createFrom(source: any = {}) {
	        return new LinesChange(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.lines = source["lines"];
	        this.costs = this.convertValues(source["costs"], CostChange);
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
	export class BillChange {
	    bill: BillName;
	    before: LinesChange;
	    now: LinesChange;
	    new: LinesChange;
	    gone: LinesChange;
	    changed: LinesChange;
	    unchangedLines: number;
	    late: LinesChange;
	    creditsBefore: LinesChange;
	    creditsNow: LinesChange;
	    services: GroupChange[];
	    subAccounts: GroupChange[];
	
	    static createFrom(source: any = {}) {
	        return new BillChange(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.bill = this.convertValues(source["bill"], BillName);
	        this.before = this.convertValues(source["before"], LinesChange);
	        this.now = this.convertValues(source["now"], LinesChange);
	        this.new = this.convertValues(source["new"], LinesChange);
	        this.gone = this.convertValues(source["gone"], LinesChange);
	        this.changed = this.convertValues(source["changed"], LinesChange);
	        this.unchangedLines = source["unchangedLines"];
	        this.late = this.convertValues(source["late"], LinesChange);
	        this.creditsBefore = this.convertValues(source["creditsBefore"], LinesChange);
	        this.creditsNow = this.convertValues(source["creditsNow"], LinesChange);
	        this.services = this.convertValues(source["services"], GroupChange);
	        this.subAccounts = this.convertValues(source["subAccounts"], GroupChange);
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
	export class BillConflict {
	    provider: string;
	    account: string;
	    month: string;
	    file: string;
	    existingFile: string;
	    within: boolean;
	    reason: string;
	    answers: string[];
	
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
	        this.within = source["within"];
	        this.reason = source["reason"];
	        this.answers = source["answers"];
	    }
	}
	export class BillVersion {
	    importId: number;
	    importedAt: string;
	    user: string;
	    export: string;
	    part: string;
	    formats: string[];
	    files: string[];
	    state: string;
	    replacedBy: number;
	    lines: number;
	    firstDay: string;
	    lastDay: string;
	    totals: ControlTotal[];
	
	    static createFrom(source: any = {}) {
	        return new BillVersion(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.importId = source["importId"];
	        this.importedAt = source["importedAt"];
	        this.user = source["user"];
	        this.export = source["export"];
	        this.part = source["part"];
	        this.formats = source["formats"];
	        this.files = source["files"];
	        this.state = source["state"];
	        this.replacedBy = source["replacedBy"];
	        this.lines = source["lines"];
	        this.firstDay = source["firstDay"];
	        this.lastDay = source["lastDay"];
	        this.totals = this.convertValues(source["totals"], ControlTotal);
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
	export class BillInfo {
	    bill: BillName;
	    lines: number;
	    lastDay: string;
	    totals: ControlTotal[];
	    choice: string;
	    versions: BillVersion[];
	
	    static createFrom(source: any = {}) {
	        return new BillInfo(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.bill = this.convertValues(source["bill"], BillName);
	        this.lines = source["lines"];
	        this.lastDay = source["lastDay"];
	        this.totals = this.convertValues(source["totals"], ControlTotal);
	        this.choice = source["choice"];
	        this.versions = this.convertValues(source["versions"], BillVersion);
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
	
	export class BillSource {
	    export: string;
	    part: string;
	    files: string[];
	    lines: number;
	    lastDay: string;
	    totals: ControlTotal[];
	
	    static createFrom(source: any = {}) {
	        return new BillSource(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.export = source["export"];
	        this.part = source["part"];
	        this.files = source["files"];
	        this.lines = source["lines"];
	        this.lastDay = source["lastDay"];
	        this.totals = this.convertValues(source["totals"], ControlTotal);
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
	
	export class BreakdownQuestion {
	    metric: string;
	    currency: string;
	    where: finops.Filter;
	    from: string;
	    to: string;
	    compareFrom: string;
	    compareTo: string;
	    column: string;
	    nameColumn: string;
	    beside: string;
	
	    static createFrom(source: any = {}) {
	        return new BreakdownQuestion(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.metric = source["metric"];
	        this.currency = source["currency"];
	        this.where = this.convertValues(source["where"], finops.Filter);
	        this.from = source["from"];
	        this.to = source["to"];
	        this.compareFrom = source["compareFrom"];
	        this.compareTo = source["compareTo"];
	        this.column = source["column"];
	        this.nameColumn = source["nameColumn"];
	        this.beside = source["beside"];
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
	export class BridgeBeside {
	    provider: string;
	    currency: string;
	    lines: number;
	    amount: string;
	    where: Condition[];
	
	    static createFrom(source: any = {}) {
	        return new BridgeBeside(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.provider = source["provider"];
	        this.currency = source["currency"];
	        this.lines = source["lines"];
	        this.amount = source["amount"];
	        this.where = this.convertValues(source["where"], Condition);
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
	export class BridgeDifference {
	    kind: string;
	    title: string;
	    amount: string;
	    printed?: string;
	    held?: string;
	
	    static createFrom(source: any = {}) {
	        return new BridgeDifference(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.kind = source["kind"];
	        this.title = source["title"];
	        this.amount = source["amount"];
	        this.printed = source["printed"];
	        this.held = source["held"];
	    }
	}
	export class BridgeReason {
	    code: string;
	    text: string;
	
	    static createFrom(source: any = {}) {
	        return new BridgeReason(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.code = source["code"];
	        this.text = source["text"];
	    }
	}
	export class BridgeStep {
	    kind: string;
	    title: string;
	    inside: boolean;
	    lines: number;
	    amount: string;
	    where: Condition[];
	    from: string;
	    to: string;
	
	    static createFrom(source: any = {}) {
	        return new BridgeStep(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.kind = source["kind"];
	        this.title = source["title"];
	        this.inside = source["inside"];
	        this.lines = source["lines"];
	        this.amount = source["amount"];
	        this.where = this.convertValues(source["where"], Condition);
	        this.from = source["from"];
	        this.to = source["to"];
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
	
	export class ConflictSide {
	    text: string;
	    version: number;
	    changedAt: string;
	    changedBy: string;
	
	    static createFrom(source: any = {}) {
	        return new ConflictSide(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.text = source["text"];
	        this.version = source["version"];
	        this.changedAt = source["changedAt"];
	        this.changedBy = source["changedBy"];
	    }
	}
	export class Conflict {
	    have?: ConflictSide;
	    want?: ConflictSide;
	
	    static createFrom(source: any = {}) {
	        return new Conflict(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.have = this.convertValues(source["have"], ConflictSide);
	        this.want = this.convertValues(source["want"], ConflictSide);
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
	export class DataDay {
	    state: string;
	    lines: number;
	    late: number;
	
	    static createFrom(source: any = {}) {
	        return new DataDay(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.state = source["state"];
	        this.lines = source["lines"];
	        this.late = source["late"];
	    }
	}
	export class DataMonth {
	    month: string;
	    complete: boolean;
	    running: boolean;
	    billed: boolean;
	    days: DataDay[];
	
	    static createFrom(source: any = {}) {
	        return new DataMonth(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.month = source["month"];
	        this.complete = source["complete"];
	        this.running = source["running"];
	        this.billed = source["billed"];
	        this.days = this.convertValues(source["days"], DataDay);
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
	export class DataCoverage {
	    firstDay: string;
	    lastDay: string;
	    days: number;
	    missingDays: number;
	    missingMonths: string[];
	    completeMonths: number;
	    behindDays: number;
	    lateLines: number;
	    judgedByDay: boolean;
	    months: DataMonth[];
	
	    static createFrom(source: any = {}) {
	        return new DataCoverage(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.firstDay = source["firstDay"];
	        this.lastDay = source["lastDay"];
	        this.days = source["days"];
	        this.missingDays = source["missingDays"];
	        this.missingMonths = source["missingMonths"];
	        this.completeMonths = source["completeMonths"];
	        this.behindDays = source["behindDays"];
	        this.lateLines = source["lateLines"];
	        this.judgedByDay = source["judgedByDay"];
	        this.months = this.convertValues(source["months"], DataMonth);
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
	export class DataCurrency {
	    code: string;
	    lines: number;
	    billed?: string;
	    effective?: string;
	
	    static createFrom(source: any = {}) {
	        return new DataCurrency(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.code = source["code"];
	        this.lines = source["lines"];
	        this.billed = source["billed"];
	        this.effective = source["effective"];
	    }
	}
	
	export class DataDuplicate {
	    line: number;
	    firstLine: number;
	    day: string;
	    serviceName?: string;
	    resourceId?: string;
	    currency: string;
	    billed?: string;
	    file: string;
	    firstFile: string;
	
	    static createFrom(source: any = {}) {
	        return new DataDuplicate(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.line = source["line"];
	        this.firstLine = source["firstLine"];
	        this.day = source["day"];
	        this.serviceName = source["serviceName"];
	        this.resourceId = source["resourceId"];
	        this.currency = source["currency"];
	        this.billed = source["billed"];
	        this.file = source["file"];
	        this.firstFile = source["firstFile"];
	    }
	}
	export class DataSum {
	    name: string;
	    currency: string;
	    amount: string;
	
	    static createFrom(source: any = {}) {
	        return new DataSum(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.name = source["name"];
	        this.currency = source["currency"];
	        this.amount = source["amount"];
	    }
	}
	export class DataDuplicates {
	    lines: number;
	    acrossFiles: number;
	    amounts: DataSum[];
	    examples: DataDuplicate[];
	
	    static createFrom(source: any = {}) {
	        return new DataDuplicates(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.lines = source["lines"];
	        this.acrossFiles = source["acrossFiles"];
	        this.amounts = this.convertValues(source["amounts"], DataSum);
	        this.examples = this.convertValues(source["examples"], DataDuplicate);
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
	export class DataFinding {
	    code: string;
	    severity: string;
	    value: string;
	    unit: string;
	    sentence: string;
	    meaning: string;
	    action: string;
	    where: Condition[];
	    from: string;
	    to: string;
	
	    static createFrom(source: any = {}) {
	        return new DataFinding(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.code = source["code"];
	        this.severity = source["severity"];
	        this.value = source["value"];
	        this.unit = source["unit"];
	        this.sentence = source["sentence"];
	        this.meaning = source["meaning"];
	        this.action = source["action"];
	        this.where = this.convertValues(source["where"], Condition);
	        this.from = source["from"];
	        this.to = source["to"];
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
	export class DataFormat {
	    format: string;
	    version: string;
	    files: number;
	    lines: number;
	
	    static createFrom(source: any = {}) {
	        return new DataFormat(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.format = source["format"];
	        this.version = source["version"];
	        this.files = source["files"];
	        this.lines = source["lines"];
	    }
	}
	export class DataGrain {
	    word: string;
	    hourlyDays: number;
	    hour: number;
	    day: number;
	    month: number;
	    other: number;
	
	    static createFrom(source: any = {}) {
	        return new DataGrain(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.word = source["word"];
	        this.hourlyDays = source["hourlyDays"];
	        this.hour = source["hour"];
	        this.day = source["day"];
	        this.month = source["month"];
	        this.other = source["other"];
	    }
	}
	
	export class DataReadiness {
	    analysis: string;
	    level: string;
	    reasons: string[];
	
	    static createFrom(source: any = {}) {
	        return new DataReadiness(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.analysis = source["analysis"];
	        this.level = source["level"];
	        this.reasons = source["reasons"];
	    }
	}
	export class DataReject {
	    file: string;
	    reason: string;
	    lines: number;
	
	    static createFrom(source: any = {}) {
	        return new DataReject(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.file = source["file"];
	        this.reason = source["reason"];
	        this.lines = source["lines"];
	    }
	}
	export class DataUnmapped {
	    serviceName?: string;
	    serviceCategory?: string;
	    skuId?: string;
	    lines: number;
	    currency: string;
	    cost: string;
	    reasons: string[];
	
	    static createFrom(source: any = {}) {
	        return new DataUnmapped(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.serviceName = source["serviceName"];
	        this.serviceCategory = source["serviceCategory"];
	        this.skuId = source["skuId"];
	        this.lines = source["lines"];
	        this.currency = source["currency"];
	        this.cost = source["cost"];
	        this.reasons = source["reasons"];
	    }
	}
	export class DataTagKey {
	    key: string;
	    lines: number;
	    currency: string;
	    cost: string;
	
	    static createFrom(source: any = {}) {
	        return new DataTagKey(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.key = source["key"];
	        this.lines = source["lines"];
	        this.currency = source["currency"];
	        this.cost = source["cost"];
	    }
	}
	export class DataShare {
	    code: string;
	    column: string;
	    value: string;
	    base: string;
	    severity: string;
	    lines: number;
	    ofLines: number;
	    usageLines: number;
	    ofUsageLines: number;
	    currency: string;
	    cost: string;
	    ofCost: string;
	    usageCost: string;
	    ofUsageCost: string;
	
	    static createFrom(source: any = {}) {
	        return new DataShare(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.code = source["code"];
	        this.column = source["column"];
	        this.value = source["value"];
	        this.base = source["base"];
	        this.severity = source["severity"];
	        this.lines = source["lines"];
	        this.ofLines = source["ofLines"];
	        this.usageLines = source["usageLines"];
	        this.ofUsageLines = source["ofUsageLines"];
	        this.currency = source["currency"];
	        this.cost = source["cost"];
	        this.ofCost = source["ofCost"];
	        this.usageCost = source["usageCost"];
	        this.ofUsageCost = source["ofUsageCost"];
	    }
	}
	export class DataSet {
	    id: string;
	    provider: string;
	    account: string;
	    accountName: string;
	    export: string;
	    lines: number;
	    importedAt: string;
	    importAgeDays: number;
	    files: number;
	    formats: DataFormat[];
	    currencies: DataCurrency[];
	    coverage: DataCoverage;
	    grain: DataGrain;
	    shares: DataShare[];
	    filled: string[];
	    empty: string[];
	    absent: string[];
	    tagKeys: DataTagKey[];
	    unmapped: DataUnmapped[];
	    unmappedCount: number;
	    duplicates: DataDuplicates;
	    rejects: DataReject[];
	    rejectLines: number;
	    providerSums: DataSum[];
	    findings: DataFinding[];
	    readiness: DataReadiness[];
	
	    static createFrom(source: any = {}) {
	        return new DataSet(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.provider = source["provider"];
	        this.account = source["account"];
	        this.accountName = source["accountName"];
	        this.export = source["export"];
	        this.lines = source["lines"];
	        this.importedAt = source["importedAt"];
	        this.importAgeDays = source["importAgeDays"];
	        this.files = source["files"];
	        this.formats = this.convertValues(source["formats"], DataFormat);
	        this.currencies = this.convertValues(source["currencies"], DataCurrency);
	        this.coverage = this.convertValues(source["coverage"], DataCoverage);
	        this.grain = this.convertValues(source["grain"], DataGrain);
	        this.shares = this.convertValues(source["shares"], DataShare);
	        this.filled = source["filled"];
	        this.empty = source["empty"];
	        this.absent = source["absent"];
	        this.tagKeys = this.convertValues(source["tagKeys"], DataTagKey);
	        this.unmapped = this.convertValues(source["unmapped"], DataUnmapped);
	        this.unmappedCount = source["unmappedCount"];
	        this.duplicates = this.convertValues(source["duplicates"], DataDuplicates);
	        this.rejects = this.convertValues(source["rejects"], DataReject);
	        this.rejectLines = source["rejectLines"];
	        this.providerSums = this.convertValues(source["providerSums"], DataSum);
	        this.findings = this.convertValues(source["findings"], DataFinding);
	        this.readiness = this.convertValues(source["readiness"], DataReadiness);
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
	export class DataPassport {
	    today: string;
	    whole: DataSet;
	    sets: DataSet[];
	
	    static createFrom(source: any = {}) {
	        return new DataPassport(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.today = source["today"];
	        this.whole = this.convertValues(source["whole"], DataSet);
	        this.sets = this.convertValues(source["sets"], DataSet);
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
	
	
	
	
	
	
	
	export class ValueFrom {
	    column: string;
	    split: string;
	    part: number;
	    capture: string;
	    lowerCase: boolean;
	
	    static createFrom(source: any = {}) {
	        return new ValueFrom(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.column = source["column"];
	        this.split = source["split"];
	        this.part = source["part"];
	        this.capture = source["capture"];
	        this.lowerCase = source["lowerCase"];
	    }
	}
	export class DimensionRule {
	    where: finops.Filter;
	    value: string;
	    from?: ValueFrom;
	
	    static createFrom(source: any = {}) {
	        return new DimensionRule(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.where = this.convertValues(source["where"], finops.Filter);
	        this.value = source["value"];
	        this.from = this.convertValues(source["from"], ValueFrom);
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
	export class Dimension {
	    name: string;
	    description: string;
	    rules: DimensionRule[];
	    default?: string;
	
	    static createFrom(source: any = {}) {
	        return new Dimension(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.name = source["name"];
	        this.description = source["description"];
	        this.rules = this.convertValues(source["rules"], DimensionRule);
	        this.default = source["default"];
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
	export class DimensionInfo {
	    name: string;
	    description: string;
	    rules: number;
	    version: number;
	    changedAt: string;
	    changedBy: string;
	    problem: string;
	    usedBy: string[];
	
	    static createFrom(source: any = {}) {
	        return new DimensionInfo(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.name = source["name"];
	        this.description = source["description"];
	        this.rules = source["rules"];
	        this.version = source["version"];
	        this.changedAt = source["changedAt"];
	        this.changedBy = source["changedBy"];
	        this.problem = source["problem"];
	        this.usedBy = source["usedBy"];
	    }
	}
	export class ValueCost {
	    value?: string;
	    lines: number;
	    amount?: string;
	
	    static createFrom(source: any = {}) {
	        return new ValueCost(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.value = source["value"];
	        this.lines = source["lines"];
	        this.amount = source["amount"];
	    }
	}
	export class LinesAndCost {
	    lines: number;
	    amount?: string;
	
	    static createFrom(source: any = {}) {
	        return new LinesAndCost(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.lines = source["lines"];
	        this.amount = source["amount"];
	    }
	}
	export class RulePreview {
	    caught: LinesAndCost;
	    values: number;
	    shadowedBy: number[];
	
	    static createFrom(source: any = {}) {
	        return new RulePreview(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.caught = this.convertValues(source["caught"], LinesAndCost);
	        this.values = source["values"];
	        this.shadowedBy = source["shadowedBy"];
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
	export class DimensionPreview {
	    rules: RulePreview[];
	    left: LinesAndCost;
	    largest: ValueCost[];
	    total: LinesAndCost;
	    missing: string[];
	
	    static createFrom(source: any = {}) {
	        return new DimensionPreview(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.rules = this.convertValues(source["rules"], RulePreview);
	        this.left = this.convertValues(source["left"], LinesAndCost);
	        this.largest = this.convertValues(source["largest"], ValueCost);
	        this.total = this.convertValues(source["total"], LinesAndCost);
	        this.missing = source["missing"];
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
	
	export class Failure {
	    code: string;
	    message: string;
	    ref: string;
	    conflict?: Conflict;
	
	    static createFrom(source: any = {}) {
	        return new Failure(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.code = source["code"];
	        this.message = source["message"];
	        this.ref = source["ref"];
	        this.conflict = this.convertValues(source["conflict"], Conflict);
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
	export class InvoiceKey {
	    provider: string;
	    account: string;
	    month: string;
	    invoice: string;
	    currency: string;
	
	    static createFrom(source: any = {}) {
	        return new InvoiceKey(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.provider = source["provider"];
	        this.account = source["account"];
	        this.month = source["month"];
	        this.invoice = source["invoice"];
	        this.currency = source["currency"];
	    }
	}
	export class FigureInput {
	    id: number;
	    version: number;
	    key: InvoiceKey;
	    total: string;
	    tax: string;
	    credits: string;
	    marketplace: string;
	    other: string;
	    note: string;
	
	    static createFrom(source: any = {}) {
	        return new FigureInput(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.version = source["version"];
	        this.key = this.convertValues(source["key"], InvoiceKey);
	        this.total = source["total"];
	        this.tax = source["tax"];
	        this.credits = source["credits"];
	        this.marketplace = source["marketplace"];
	        this.other = source["other"];
	        this.note = source["note"];
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
	export class ReplacedFigure {
	    line: number;
	    key: InvoiceKey;
	    before: string;
	    now: string;
	
	    static createFrom(source: any = {}) {
	        return new ReplacedFigure(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.line = source["line"];
	        this.key = this.convertValues(source["key"], InvoiceKey);
	        this.before = source["before"];
	        this.now = source["now"];
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
	export class FiguresImport {
	    added: number;
	    same: number;
	    leftOut: number;
	    decimal: string;
	    replaced: ReplacedFigure[];
	
	    static createFrom(source: any = {}) {
	        return new FiguresImport(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.added = source["added"];
	        this.same = source["same"];
	        this.leftOut = source["leftOut"];
	        this.decimal = source["decimal"];
	        this.replaced = this.convertValues(source["replaced"], ReplacedFigure);
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
	export class FileAnswer {
	    file: string;
	    answer: string;
	
	    static createFrom(source: any = {}) {
	        return new FileAnswer(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.file = source["file"];
	        this.answer = source["answer"];
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
	export class FileWarning {
	    file: string;
	    text: string;
	
	    static createFrom(source: any = {}) {
	        return new FileWarning(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.file = source["file"];
	        this.text = source["text"];
	    }
	}
	export class FilterProblem {
	    message: string;
	    offset: number;
	    length: number;
	    suggestion: string;
	
	    static createFrom(source: any = {}) {
	        return new FilterProblem(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.message = source["message"];
	        this.offset = source["offset"];
	        this.length = source["length"];
	        this.suggestion = source["suggestion"];
	    }
	}
	export class FocusGap {
	    column: string;
	    reason: string;
	    lines: number;
	
	    static createFrom(source: any = {}) {
	        return new FocusGap(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.column = source["column"];
	        this.reason = source["reason"];
	        this.lines = source["lines"];
	    }
	}
	export class FocusExport {
	    path: string;
	    lines: number;
	    gaps: FocusGap[];
	
	    static createFrom(source: any = {}) {
	        return new FocusExport(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.path = source["path"];
	        this.lines = source["lines"];
	        this.gaps = this.convertValues(source["gaps"], FocusGap);
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
	
	export class FocusOptions {
	    format: string;
	    version: string;
	
	    static createFrom(source: any = {}) {
	        return new FocusOptions(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.format = source["format"];
	        this.version = source["version"];
	    }
	}
	
	export class ImportedFile {
	    path: string;
	    sha256: string;
	    bytes: number;
	    lines: number;
	    rejects: number;
	    warnings: string[];
	
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
	        this.warnings = source["warnings"];
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
	    answers: FileAnswer[];
	    look: boolean;
	
	    static createFrom(source: any = {}) {
	        return new ImportOptions(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.strict = source["strict"];
	        this.answers = this.convertValues(source["answers"], FileAnswer);
	        this.look = source["look"];
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
	export class SameBill {
	    bill: BillName;
	    counted: BillSource;
	    excluded: BillSource;
	
	    static createFrom(source: any = {}) {
	        return new SameBill(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.bill = this.convertValues(source["bill"], BillName);
	        this.counted = this.convertValues(source["counted"], BillSource);
	        this.excluded = this.convertValues(source["excluded"], BillSource);
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
	export class NotCounted {
	    bill: BillName;
	    file: string;
	    lines: number;
	    existingFile: string;
	    within: boolean;
	
	    static createFrom(source: any = {}) {
	        return new NotCounted(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.bill = this.convertValues(source["bill"], BillName);
	        this.file = source["file"];
	        this.lines = source["lines"];
	        this.existingFile = source["existingFile"];
	        this.within = source["within"];
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
	    added: AddedFile[];
	    notCounted: NotCounted[];
	    same: SameBill[];
	    changes: BillChange[];
	    conflicts: BillConflict[];
	    held: boolean;
	    warnings: FileWarning[];
	
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
	        this.added = this.convertValues(source["added"], AddedFile);
	        this.notCounted = this.convertValues(source["notCounted"], NotCounted);
	        this.same = this.convertValues(source["same"], SameBill);
	        this.changes = this.convertValues(source["changes"], BillChange);
	        this.conflicts = this.convertValues(source["conflicts"], BillConflict);
	        this.held = source["held"];
	        this.warnings = this.convertValues(source["warnings"], FileWarning);
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
	
	export class InvoiceFigure {
	    id: number;
	    version: number;
	    total: string;
	    tax?: string;
	    credits?: string;
	    marketplace?: string;
	    other?: string;
	    note: string;
	    enteredAt: string;
	    user: string;
	
	    static createFrom(source: any = {}) {
	        return new InvoiceFigure(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.version = source["version"];
	        this.total = source["total"];
	        this.tax = source["tax"];
	        this.credits = source["credits"];
	        this.marketplace = source["marketplace"];
	        this.other = source["other"];
	        this.note = source["note"];
	        this.enteredAt = source["enteredAt"];
	        this.user = source["user"];
	    }
	}
	export class ReconciledInvoice {
	    key: InvoiceKey;
	    accountName: string;
	    status: string;
	    lines: number;
	    ledger: string;
	    figure?: InvoiceFigure;
	    difference?: string;
	    rest?: string;
	
	    static createFrom(source: any = {}) {
	        return new ReconciledInvoice(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.key = this.convertValues(source["key"], InvoiceKey);
	        this.accountName = source["accountName"];
	        this.status = source["status"];
	        this.lines = source["lines"];
	        this.ledger = source["ledger"];
	        this.figure = this.convertValues(source["figure"], InvoiceFigure);
	        this.difference = source["difference"];
	        this.rest = source["rest"];
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
	export class InvoiceBridge {
	    invoice: ReconciledInvoice;
	    bill: string;
	    billLines: number;
	    steps: BridgeStep[];
	    differences: BridgeDifference[];
	    beside: BridgeBeside[];
	    reasons: BridgeReason[];
	    tolerance: string;
	
	    static createFrom(source: any = {}) {
	        return new InvoiceBridge(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.invoice = this.convertValues(source["invoice"], ReconciledInvoice);
	        this.bill = source["bill"];
	        this.billLines = source["billLines"];
	        this.steps = this.convertValues(source["steps"], BridgeStep);
	        this.differences = this.convertValues(source["differences"], BridgeDifference);
	        this.beside = this.convertValues(source["beside"], BridgeBeside);
	        this.reasons = this.convertValues(source["reasons"], BridgeReason);
	        this.tolerance = source["tolerance"];
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
	    dimensions: string[];
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
	        this.dimensions = source["dimensions"];
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
	    where: finops.Filter;
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
	        this.where = this.convertValues(source["where"], finops.Filter);
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
	export class MappingTag {
	    key: string;
	    column: string;
	
	    static createFrom(source: any = {}) {
	        return new MappingTag(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.key = source["key"];
	        this.column = source["column"];
	    }
	}
	export class MappingChoice {
	    focus: string;
	    column: string;
	    text: string;
	
	    static createFrom(source: any = {}) {
	        return new MappingChoice(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.focus = source["focus"];
	        this.column = source["column"];
	        this.text = source["text"];
	    }
	}
	export class Mapping {
	    name: string;
	    header: string[];
	    columns: MappingChoice[];
	    tags: MappingTag[];
	    dates: string;
	    decimal: string;
	    sign: string;
	    effectiveCost: string;
	
	    static createFrom(source: any = {}) {
	        return new Mapping(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.name = source["name"];
	        this.header = source["header"];
	        this.columns = this.convertValues(source["columns"], MappingChoice);
	        this.tags = this.convertValues(source["tags"], MappingTag);
	        this.dates = source["dates"];
	        this.decimal = source["decimal"];
	        this.sign = source["sign"];
	        this.effectiveCost = source["effectiveCost"];
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
	
	export class MappingInfo {
	    name: string;
	    changedAt: string;
	    columns: number;
	    provider: string;
	    problem: string;
	
	    static createFrom(source: any = {}) {
	        return new MappingInfo(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.name = source["name"];
	        this.changedAt = source["changedAt"];
	        this.columns = source["columns"];
	        this.provider = source["provider"];
	        this.problem = source["problem"];
	    }
	}
	export class MappingMatch {
	    focus: string;
	    confidence: number;
	    reason: string;
	    others: string[];
	
	    static createFrom(source: any = {}) {
	        return new MappingMatch(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.focus = source["focus"];
	        this.confidence = source["confidence"];
	        this.reason = source["reason"];
	        this.others = source["others"];
	    }
	}
	export class MappingQuestion {
	    about: string;
	    text: string;
	
	    static createFrom(source: any = {}) {
	        return new MappingQuestion(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.about = source["about"];
	        this.text = source["text"];
	    }
	}
	export class MappingReject {
	    line: number;
	    reason: string;
	    text: string;
	
	    static createFrom(source: any = {}) {
	        return new MappingReject(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.line = source["line"];
	        this.reason = source["reason"];
	        this.text = source["text"];
	    }
	}
	export class MappingTarget {
	    name: string;
	    kind: string;
	    values: string[];
	
	    static createFrom(source: any = {}) {
	        return new MappingTarget(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.name = source["name"];
	        this.kind = source["kind"];
	        this.values = source["values"];
	    }
	}
	export class MappingTable {
	    path: string;
	    dialect: string;
	    names: string[];
	    rows: string[][];
	    mapping: Mapping;
	    matches: MappingMatch[];
	    questions: MappingQuestion[];
	    missing: string[];
	    seemsToBe: string;
	    readBy: string;
	    targets: MappingTarget[];
	
	    static createFrom(source: any = {}) {
	        return new MappingTable(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.path = source["path"];
	        this.dialect = source["dialect"];
	        this.names = source["names"];
	        this.rows = source["rows"];
	        this.mapping = this.convertValues(source["mapping"], Mapping);
	        this.matches = this.convertValues(source["matches"], MappingMatch);
	        this.questions = this.convertValues(source["questions"], MappingQuestion);
	        this.missing = source["missing"];
	        this.seemsToBe = source["seemsToBe"];
	        this.readBy = source["readBy"];
	        this.targets = this.convertValues(source["targets"], MappingTarget);
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
	
	
	export class MappingTotal {
	    currency: string;
	    metric: string;
	    amount: string;
	
	    static createFrom(source: any = {}) {
	        return new MappingTotal(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.currency = source["currency"];
	        this.metric = source["metric"];
	        this.amount = source["amount"];
	    }
	}
	export class MappingTrial {
	    missing: string[];
	    columns: FileColumn[];
	    rows: string[][];
	    lines: number;
	    left: number;
	    more: boolean;
	    rejects: MappingReject[];
	    totals: MappingTotal[];
	
	    static createFrom(source: any = {}) {
	        return new MappingTrial(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.missing = source["missing"];
	        this.columns = this.convertValues(source["columns"], FileColumn);
	        this.rows = source["rows"];
	        this.lines = source["lines"];
	        this.left = source["left"];
	        this.more = source["more"];
	        this.rejects = this.convertValues(source["rejects"], MappingReject);
	        this.totals = this.convertValues(source["totals"], MappingTotal);
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
	
	
	
	export class ParsedFilter {
	    filter: finops.Filter;
	    problem?: FilterProblem;
	
	    static createFrom(source: any = {}) {
	        return new ParsedFilter(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.filter = this.convertValues(source["filter"], finops.Filter);
	        this.problem = this.convertValues(source["problem"], FilterProblem);
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
	
	export class PreviewQuestion {
	    metric: string;
	    currency: string;
	    where: finops.Filter;
	    from: string;
	    to: string;
	    leftBy: string;
	
	    static createFrom(source: any = {}) {
	        return new PreviewQuestion(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.metric = source["metric"];
	        this.currency = source["currency"];
	        this.where = this.convertValues(source["where"], finops.Filter);
	        this.from = source["from"];
	        this.to = source["to"];
	        this.leftBy = source["leftBy"];
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
	    where: finops.Filter;
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
	        this.where = this.convertValues(source["where"], finops.Filter);
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
	
	
	
	
	export class SavedDimension {
	    version: number;
	    missing: string[];
	
	    static createFrom(source: any = {}) {
	        return new SavedDimension(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.version = source["version"];
	        this.missing = source["missing"];
	    }
	}
	export class ScopeInfo {
	    name: string;
	    where: finops.Filter;
	    text: string;
	    version: number;
	    changedAt: string;
	    changedBy: string;
	    problem: string;
	
	    static createFrom(source: any = {}) {
	        return new ScopeInfo(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.name = source["name"];
	        this.where = this.convertValues(source["where"], finops.Filter);
	        this.text = source["text"];
	        this.version = source["version"];
	        this.changedAt = source["changedAt"];
	        this.changedBy = source["changedBy"];
	        this.problem = source["problem"];
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
	export class ShownColumn {
	    name: string;
	    kind: string;
	
	    static createFrom(source: any = {}) {
	        return new ShownColumn(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.name = source["name"];
	        this.kind = source["kind"];
	    }
	}
	export class ShownTable {
	    title: string;
	    columns: ShownColumn[];
	    currencyColumn: number;
	    rows: string[][];
	
	    static createFrom(source: any = {}) {
	        return new ShownTable(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.title = source["title"];
	        this.columns = this.convertValues(source["columns"], ShownColumn);
	        this.currencyColumn = source["currencyColumn"];
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
	
	export class StoredDimension {
	    dimension: Dimension;
	    version: number;
	
	    static createFrom(source: any = {}) {
	        return new StoredDimension(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.dimension = this.convertValues(source["dimension"], Dimension);
	        this.version = source["version"];
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
	    readOnly: boolean;
	
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
	        this.readOnly = source["readOnly"];
	    }
	}

}

export namespace finops {
	
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
	export class Filter {
	    kind: string;
	    parts?: Filter[];
	    condition?: Condition;
	
	    static createFrom(source: any = {}) {
	        return new Filter(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.kind = source["kind"];
	        this.parts = this.convertValues(source["parts"], Filter);
	        this.condition = this.convertValues(source["condition"], Condition);
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

}

