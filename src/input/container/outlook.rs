//! Message files of Outlook (.msg, [MS-OXMSG]).

use super::Opened;

/// Opens a message file; absent where the bytes are none.
pub(super) fn open(_bytes: &[u8]) -> Option<Opened<'static>> {
    None
}
