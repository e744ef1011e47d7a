"""The names that columns go by in the sheets of divisions, for each kind of sheet."""

from fieldapp.words import Labelled, N_


class SheetKind(Labelled):
    """What a sheet lists."""

    OBJECTS = "objects", N_("检查对象名录库")
    INSPECTORS = "inspectors", N_("执法检查人员名录库")
    ITEMS = "items", N_("随机抽查事项清单")
    CHECKLIST = "checklist", N_("检查表单")
    REGIONS = "regions", N_("行政区划表")


_NUMBER = ("序号", "编号", "No")

SYNONYMS: dict[SheetKind, dict[str, tuple[str, ...]]] = {
    SheetKind.OBJECTS: {
        "number": _NUMBER,
        "name": ("单位名称", "企业名称", "名称", "机构名称", "检查对象名称", "检查对象", "主体名称", "市场主体名称",
                 "单位全称", "企业全称", "单位", "企业"),
        "uscc": ("统一社会信用代码", "社会信用代码", "统一信用代码", "信用代码", "统一代码", "统一社会信用代码证号",
                 "uscc"),
        "category": ("主体类型", "对象类型", "单位类型", "企业类型", "对象类别", "检查对象类别", "类别", "类型"),
        "size": ("经营规模", "企业规模", "单位规模", "规模"),
        "city": ("所在市", "所属市", "设区市", "地市", "城市", "市"),
        "county": ("所在县（市、区）", "所属县（市、区）", "县（市、区）", "所在区县", "区县", "县区", "所在县"),
        "region_code": ("行政区划代码", "区划代码", "行政区划", "区划", "地区代码"),
        "address": ("地址", "住所", "注册地址", "经营地址", "单位地址", "详细地址", "通讯地址", "联系地址", "企业地址"),
        "legal_representative": ("法定代表人", "法定代表人或负责人", "法定代表人负责人", "法人代表", "法人", "负责人"),
        "telephone": ("联系电话", "电话", "手机", "手机号", "手机号码", "联系方式", "电话号码"),
        "credit_grade": ("信用风险等级", "信用风险分类", "信用等级", "信用分类", "风险等级"),
        "focus": ("重点监管情形", "重点监管", "重点情形", "重点监管原因"),
        "latitude": ("纬度", "latitude", "lat"),
        "longitude": ("经度", "longitude", "lng", "lon"),
    },
    SheetKind.INSPECTORS: {
        "number": _NUMBER,
        "name": ("姓名", "人员姓名", "执法检查人员", "检查人员"),
        "staff_number": ("人员编号", "工号", "职工编号", "人员代码", "员工编号"),
        "division": ("所在处室", "处室", "所属处室", "部门", "所在部门"),
        "person_kind": ("人员类别", "人员类型", "人员性质"),
        "certificate_number": ("执法证号", "行政执法证号", "执法证件号", "证件号码", "执法证编号", "行政执法证件号码"),
        "certificate_issuer": ("发证机关", "发证单位", "颁发机关"),
        "certificate_valid_until": ("证件有效期至", "有效期至", "执法证有效期至", "有效期", "证件有效期", "有效期限",
                                    "到期日期"),
        "specialities": ("业务专长", "专长", "业务特长", "专业特长"),
        "categories": ("可检查的主体类型", "可检查主体类型", "检查主体类型", "可检查对象类型", "主体类型"),
        "city": ("常驻市", "常驻地", "所在市", "驻地"),
        "interests": ("有利害关系的单位", "利害关系单位", "回避单位", "应回避单位", "利害关系"),
    },
    SheetKind.ITEMS: {
        "number": _NUMBER,
        "name": ("抽查事项名称", "抽查事项", "事项名称", "检查事项", "事项"),
        "division": ("抽查主体（责任处室）", "抽查主体", "责任处室", "检查主体", "监管处室", "处室"),
        "category": ("抽查对象", "检查对象", "对象", "主体类型"),
        "content": ("抽查内容", "检查内容", "内容"),
        "methods": ("抽查方式", "检查方式", "方式"),
        "ratio": ("抽查比例", "检查比例", "比例"),
        "frequency": ("抽查频次（次/年）", "抽查频次", "检查频次", "频次"),
        "requirement": ("检查人员要求", "人员要求", "执法检查人员要求"),
        "legal_basis": ("抽查依据", "检查依据", "依据", "法律依据"),
    },
    SheetKind.CHECKLIST: {
        "number": _NUMBER,
        "content": ("检查内容与标准", "检查内容和标准", "检查内容及标准", "检查内容", "检查项目", "检查标准"),
        "method": ("检查方法", "检查方式", "方法"),
        "mandatory": ("必查", "是否必查", "必查项"),
        "evidence": ("取证要求", "取证", "证据要求", "取证方式"),
    },
    SheetKind.REGIONS: {
        "region_code": ("code", "行政区划代码", "代码"),
        "region": ("name", "名称"),
        "city_code": ("city_code", "市代码"),
        "city": ("city", "市"),
    },
}

REQUIRED: dict[SheetKind, frozenset[str]] = {
    SheetKind.OBJECTS: frozenset({"name", "uscc"}),
    SheetKind.INSPECTORS: frozenset({"name", "certificate_number", "division"}),
    SheetKind.ITEMS: frozenset({"name", "ratio", "frequency"}),
    SheetKind.CHECKLIST: frozenset({"content", "mandatory"}),
    SheetKind.REGIONS: frozenset({"region_code", "region", "city_code", "city"}),
}
