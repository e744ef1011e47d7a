"""The verbs of accounts, one file for each thing."""

from fieldapp.accounts.actions.divisions import add_division as add_division
from fieldapp.accounts.actions.divisions import rename_division as rename_division
from fieldapp.accounts.actions.first import add_first_administrator as add_first_administrator
from fieldapp.accounts.actions.links import issue_link as issue_link
from fieldapp.accounts.actions.links import use_link as use_link
from fieldapp.accounts.actions.people import add_person as add_person
from fieldapp.accounts.actions.people import change_password as change_password
from fieldapp.accounts.actions.people import change_roles as change_roles
from fieldapp.accounts.actions.people import record_departure as record_departure
from fieldapp.accounts.actions.people import set_password as set_password
from fieldapp.accounts.actions.portraits import read_portrait as read_portrait
from fieldapp.accounts.actions.portraits import set_portrait as set_portrait
from fieldapp.accounts.actions.sessions import end_all_sessions as end_all_sessions
from fieldapp.accounts.actions.sessions import end_session as end_session
from fieldapp.accounts.actions.sessions import identify as identify
from fieldapp.accounts.actions.sessions import open_session as open_session
from fieldapp.accounts.actions.sessions import sign_in as sign_in
from fieldapp.accounts.actions.sessions import sign_out as sign_out
from fieldapp.accounts.actions.waiting import answered as answered
from fieldapp.accounts.actions.waiting import ask as ask
