"""The 案件（线索）移送函: to whom what is transferred, on which facts, with what enclosed."""

from fieldapp import clock
from fieldapp.config import department_name
from fieldapp.disposal.models import DisposalCase
from fieldapp.documents import actions as documents
from fieldapp.documents import rules
from fieldapp.documents.rules import DocumentKind
from fieldapp.publication.rules import ResultCategory
from fieldapp.roles import Officer


def issue_transfer(case: DisposalCase, *, by: Officer) -> None:
    """The letter that goes with a transferred lead or a judicial referral; its answer comes back on its lower part."""
    part = case.result.visit_task
    record = part.record_number.number if part.record_number else ""
    letter = rules.form("案件（线索）移送函", department_name(), rules.day_text(clock.today()), [
        rules.addressee(f"{case.receiver}："),
        rules.text(f"我机关对“{part.visit.object.name}”（统一社会信用代码 {part.visit.object.uscc}）"
                   f"开展“{part.task.item.name}”抽查检查（任务编号 {part.task.number}），"
                   f"检查结果为“{ResultCategory(case.result.category).label}”。",
                   f"发现的情况：{case.text}", f"依据有关规定，现将该案件（线索）移送你机关处理。"
                   f"附：检查记录 {record}及有关证据材料目录。",
                   f"联系人：{part.task.division.name} {by.name}"),
        rules.heading("回执"), rules.text("上述案件（线索）及材料已收到。"),
        rules.signatures([rules.to_sign("接收机关经办人"), rules.to_sign("接收日期")])])
    documents.issue_new(DocumentKind.TRANSFER, "disposal_case", case.id, letter, by=by)
