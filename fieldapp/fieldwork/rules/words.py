"""The words of a record: answers, proposed categories, what the entity says, what becomes of an operation."""

from fieldapp.words import Labelled, N_


class Answer(Labelled):
    """The four answers to a check (§0b.5)."""

    COMPLIANT = "compliant", N_("符合")
    NON_COMPLIANT = "non_compliant", N_("不符合")
    NOT_APPLICABLE = "not_applicable", N_("不适用")
    NOT_CHECKED = "not_checked", N_("本次未检查")


class ProposedCategory(Labelled):
    """The result categories; on site one is only proposed (拟定) until the head approves."""

    NO_PROBLEM = "no_problem", N_("未发现问题")
    NOT_DISCLOSED_AS_REQUIRED = "not_disclosed_as_required", N_("未按规定公示应当公示的信息")
    FALSE_DISCLOSURE = "false_disclosure", N_("公示信息隐瞒真实情况、弄虚作假")
    UNREACHABLE = "unreachable_at_registered_address", N_("通过登记的住所（经营场所）无法联系")
    RECTIFICATION_ORDERED = "rectification_ordered", N_("发现问题已责令改正")
    REFUSED_COOPERATION = "refused_cooperation_serious", N_("不配合检查情节严重")
    NO_SUCH_ACTIVITY = "no_such_activity_found", N_("未发现开展本次抽查涉及的经营活动")
    PENDING_ACTION = "problem_pending_action", N_("发现问题待后续处理")

    @property
    def needs_order(self) -> bool:
        """Whether the category says that rectification was ordered, so that the order must be written."""
        return self is ProposedCategory.RECTIFICATION_ORDERED

    @property
    def meets_nobody(self) -> bool:
        """Whether nobody of the entity was met, so that nobody can sign (E19)."""
        return self is ProposedCategory.UNREACHABLE


class EntityOpinion(Labelled):
    """What the entity's representative confirms (§0b.4)."""

    TRUE = "true", N_("以上记录属实")
    OBJECTION = "objection", N_("有异议")


class Recusal(Labelled):
    """What the entity answers when it is asked whether it applies for an inspector's recusal (行政处罚法 43)."""

    NO = "no", N_("不申请回避")
    YES = "yes", N_("申请回避")


class Awaited(Labelled):
    """What is not at hand when the record has been read (§0b.4)."""

    SEAL = "seal", N_("印章不在现场")
    SIGNER = "signer", N_("签字人不在现场")
    SERVED = "served", N_("记录已送达单位核对签字")


class Unsigned(Labelled):
    """Why a signature is missing: somebody will not, cannot, or, where nobody stands before them, does not answer."""

    REFUSED = "refused", N_("拒绝签字")
    UNABLE = "unable", N_("不能签字")
    SILENT = "silent", N_("期限内没有答复")


class SignerRole(Labelled):
    """Who signs."""

    ENTITY = "entity", N_("被检查单位")
    INSPECTOR = "inspector", N_("执法检查人员")


class Capacity(Labelled):
    """In what capacity somebody signs for the entity: the legal representative need not come (54号文)."""

    LEGAL_REPRESENTATIVE = "legal_representative", N_("法定代表人")
    PERSON_IN_CHARGE = "person_in_charge", N_("负责人")
    AUTHORISED = "authorised", N_("其他授权人员")
    SITE_MANAGER = "site_manager", N_("现场负责人")

    @property
    def needs_letter(self) -> bool:
        """Whether a letter of authorisation belongs to the signature; it may come later (E18)."""
        return self in {Capacity.AUTHORISED, Capacity.SITE_MANAGER}


class Grade(Labelled):
    """How a piece of evidence came to be: the weaker the word, the more a reader has to ask."""

    IN_APP = "in_app", N_("应用内拍摄")
    GALLERY = "gallery", N_("相册选取")
    IMPORTED = "imported", N_("事后补录")
    BACKFILLED = "backfilled", N_("纸质补录")


class Became(Labelled):
    """What became of an operation."""

    APPLIED = "applied", N_("已记入")
    MERGED = "merged", N_("与已有内容相同")
    RIVAL = "rival", N_("与同事填写的不同，请选定")
    SETTLED = "settled", N_("已由人选定")
    ATTENTION = "attention", N_("需要处理")


class Kind(Labelled):
    """The kinds of operations."""

    SET = "set", N_("填写")
    ADD = "add", N_("增加")
    VOID = "void", N_("作废")
    ISSUE = "issue", N_("出示或送达")
    SIGN = "sign", N_("签字")
    REFUSE = "refuse", N_("拒绝签字")
    CLOSE = "close", N_("结束检查")
