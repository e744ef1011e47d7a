"""The 检查案卷 of a visit: its catalogue of documents and evidence, each under its hash, and where the log stands."""

from uuid import UUID

from fieldapp import clock
from fieldapp.config import department_name
from fieldapp.disposal import queries as disposal
from fieldapp.documents import actions as documents
from fieldapp.documents import queries as register
from fieldapp.documents import rules
from fieldapp.documents.models import Document
from fieldapp.documents.rules import DocumentKind, moment_text
from fieldapp.fieldwork import queries as fieldwork
from fieldapp.ledger import queries as ledger
from fieldapp.objections import queries as objections
from fieldapp.publication import queries as publication
from fieldapp.refusals import Conflict
from fieldapp.roles import Officer
from fieldapp.visits import queries as visits
from fieldapp.visits.models import Visit
from fieldapp.visits.rules import VisitState
from fieldapp.words import N_


def documents_of_case(visit: Visit) -> list[Document]:
    """All issued documents of a visit, those of its objections and disposal cases too, without earlier case files."""
    results = [one for part in visit.visit_tasks for one in publication.versions(part.id)]
    about = [*visits.paper_subjects(visit), *(one.id for found in (objections.about_results, disposal.about_results)
                                              for one in found([result.id for result in results]))]
    return [one for one in register.documents_about(about) if one.kind != DocumentKind.CASE_FILE]


def make_case_file(visit_id: UUID, *, by: Officer) -> Document:
    """Issue the case file of a closed visit; each time a new one, under its own number."""
    visit = visits.visit_for(by, visit_id)
    if visit.state != VisitState.CLOSED:
        raise Conflict("oversight.visit_not_closed", N_("检查结束后才能制作案卷"))
    inside = documents_of_case(visit)
    files = register.files_of([one.id for one in inside])
    catalogue = [[str(place), rules.DocumentKind(one.kind).label, one.number + ("（已作废）" if one.voided_at else ""),
                  moment_text(one.issued_at)] for place, one in enumerate(inside, start=1)]
    hashes = [[one.number, files[one.id].sha256, files[one.id].sm3] for one in inside if one.id in files]
    evidence = [[photo.code, photo.name or photo.kind, moment_text(photo.at), photo.sha256]
                for part in visit.visit_tasks for photo in fieldwork.record(part.id).photos]
    tasks = "；".join(f"{part.task.item.name}（{part.task.number}）" for part in visit.visit_tasks)
    head = ledger.last_checkpoint()
    content = rules.form("检查案卷", department_name(), rules.day_text(clock.today()), [
        rules.facts(("检查对象", f"{visit.object.name}（{visit.object.uscc}）"), ("任务", tasks),
                    ("检查组", "、".join(one.inspector.name for one in visits.members(visit))),
                    ("检查时间", f"{moment_text(visit.started_at)} 至 {moment_text(visit.closed_at)}"),
                    ("立卷人和时间", f"{by.name}，{moment_text(clock.now())}"),
                    ("文书和证据", f"文书 {len(inside)} 件，证据 {len(evidence)} 件"),
                    ("账本", f"至第 {head.size} 条，{head.root}" if head else "")),
        rules.heading("卷内目录"), rules.table(["序号", "文书", "文号", "印发时间"], catalogue, [1, 4, 5, 4]),
        rules.heading("文书散列值"), rules.table(["文号", "SHA-256", "SM3"], hashes, [3, 6, 6], size=7, mono=True),
        rules.heading("证据散列值"), rules.table(["代码", "名称", "时间", "SHA-256"], evidence, [2, 3, 3, 7], size=7, mono=True)])
    return documents.issue_new(DocumentKind.CASE_FILE, "visit", visit.id, content, by=by)
