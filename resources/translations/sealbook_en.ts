<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>ActivityWords</name>
    <message numerus="yes">
        <source>Audit chain intact, %n entries</source>
        <translation>
            <numerusform>Audit chain intact, %n entry</numerusform>
            <numerusform>Audit chain intact, %n entries</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BoardWords</name>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 and %n more</numerusform>
            <numerusform>%1 and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All %n name servers agree</source>
        <translation>
            <numerusform>The one name server agrees</numerusform>
            <numerusform>All %n name servers agree</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CertificateFlags</name>
    <message numerus="yes">
        <source>%n other certificates here have the same key.</source>
        <translation>
            <numerusform>%n other certificate here has the same key.</numerusform>
            <numerusform>%n other certificates here have the same key.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CertificateWords</name>
    <message numerus="yes">
        <source>%n days</source>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExpiryStripLayout</name>
    <message numerus="yes">
        <source>%n certificates</source>
        <translation>
            <numerusform>%n certificate</numerusform>
            <numerusform>%n certificates</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n credential dates</source>
        <translation>
            <numerusform>%n credential date</numerusform>
            <numerusform>%n credential dates</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>IssueForm</name>
    <message numerus="yes">
        <source>One certificate holds at most %n names. Issue several.</source>
        <translation>
            <numerusform>One certificate holds at most %n name. Issue several.</numerusform>
            <numerusform>One certificate holds at most %n names. Issue several.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>KeychainWords</name>
    <message numerus="yes">
        <source>%n readable things found</source>
        <translation>
            <numerusform>%n readable thing found</numerusform>
            <numerusform>%n readable things found</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Database: %1, %n sealed records</source>
        <translation>
            <numerusform>Database: %1, %n sealed record</numerusform>
            <numerusform>Database: %1, %n sealed records</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Need</name>
    <message numerus="yes">
        <source>Renewal failed %n times.</source>
        <translation>
            <numerusform>Renewal failed %n time.</numerusform>
            <numerusform>Renewal failed %n times.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n certificates depend on it.</source>
        <translation>
            <numerusform>%n certificate depends on it.</numerusform>
            <numerusform>%n certificates depend on it.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OutsideForm</name>
    <message numerus="yes">
        <source>%n addresses at most.</source>
        <translation>
            <numerusform>%n address at most.</numerusform>
            <numerusform>%n addresses at most.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message numerus="yes">
        <source>%n certificates</source>
        <translation>
            <numerusform>%n certificate</numerusform>
            <numerusform>%n certificates</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n credentials</source>
        <translation>
            <numerusform>%n credential</numerusform>
            <numerusform>%n credentials</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TimelineWords</name>
    <message numerus="yes">
        <source>%n certificates before it</source>
        <translation>
            <numerusform>%n certificate before it</numerusform>
            <numerusform>%n certificates before it</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sealbook::AddEndpointsPanel</name>
    <message numerus="yes">
        <source>%n endpoints</source>
        <translation>
            <numerusform>%n endpoint</numerusform>
            <numerusform>%n endpoints</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n stand there more than once.</source>
        <translation>
            <numerusform>%n stands there more than once.</numerusform>
            <numerusform>%n stand there more than once.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sealbook::AlarmTeller</name>
    <message numerus="yes">
        <source>%n endpoints changed</source>
        <translation>
            <numerusform>%n endpoint changed</numerusform>
            <numerusform>%n endpoints changed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n endpoints need a person</source>
        <translation>
            <numerusform>%n endpoint needs a person</numerusform>
            <numerusform>%n endpoints need a person</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sealbook::AuditView</name>
    <message numerus="yes">
        <source>the newest %n are shown</source>
        <translation>
            <numerusform>the newest is shown</numerusform>
            <numerusform>the newest %n are shown</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1, %n since</source>
        <translation>
            <numerusform>%1, %n since</numerusform>
            <numerusform>%1, %n since</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n entries written to %1.</source>
        <translation>
            <numerusform>%n entry written to %1.</numerusform>
            <numerusform>%n entries written to %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sealbook::BackupSection</name>
    <message numerus="yes">
        <source>%n certificates</source>
        <translation>
            <numerusform>%n certificate</numerusform>
            <numerusform>%n certificates</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n keys</source>
        <translation>
            <numerusform>%n key</numerusform>
            <numerusform>%n keys</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sealbook::BoardModel</name>
    <message numerus="yes">
        <source>authoritative, seen in %n rounds</source>
        <translation>
            <numerusform>authoritative, seen in %n round</numerusform>
            <numerusform>authoritative, seen in %n rounds</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>seen in %n rounds</source>
        <translation>
            <numerusform>seen in %n round</numerusform>
            <numerusform>seen in %n rounds</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sealbook::CertificateActions</name>
    <message numerus="yes">
        <source>&amp;Export %n certificates…</source>
        <translation>
            <numerusform>&amp;Export %n certificate…</numerusform>
            <numerusform>&amp;Export %n certificates…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Export %n certificates into a folder</source>
        <translation>
            <numerusform>Export %n certificate into a folder</numerusform>
            <numerusform>Export %n certificates into a folder</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n files with certificate and issuers written to %1.</source>
        <translation>
            <numerusform>%n file with certificate and issuers written to %1.</numerusform>
            <numerusform>%n files with certificate and issuers written to %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n certificates are on the clipboard as PEM.</source>
        <translation>
            <numerusform>%n certificate is on the clipboard as PEM.</numerusform>
            <numerusform>%n certificates are on the clipboard as PEM.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n names are on the clipboard, one a line.</source>
        <translation>
            <numerusform>%n name is on the clipboard, one a line.</numerusform>
            <numerusform>%n names are on the clipboard, one a line.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n certificates taken back into use.</source>
        <translation>
            <numerusform>%n certificate taken back into use.</numerusform>
            <numerusform>%n certificates taken back into use.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n certificates put away.</source>
        <translation>
            <numerusform>%n certificate put away.</numerusform>
            <numerusform>%n certificates put away.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n certificates moved to the trash.</source>
        <translation>
            <numerusform>%n certificate moved to the trash.</numerusform>
            <numerusform>%n certificates moved to the trash.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n certificates taken out of the trash.</source>
        <translation>
            <numerusform>%n certificate taken out of the trash.</numerusform>
            <numerusform>%n certificates taken out of the trash.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n certificates are deleted from this inventory.</source>
        <translation>
            <numerusform>%n certificate is deleted from this inventory.</numerusform>
            <numerusform>%n certificates are deleted from this inventory.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n certificates deleted.</source>
        <translation>
            <numerusform>%n certificate deleted.</numerusform>
            <numerusform>%n certificates deleted.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sealbook::CertificateModel</name>
    <message numerus="yes">
        <source>%1, %n certificates, %2</source>
        <translation>
            <numerusform>%1, %n certificate, %2</numerusform>
            <numerusform>%1, %n certificates, %2</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n more names</source>
        <translation>
            <numerusform>%1 and %n more name</numerusform>
            <numerusform>%1 and %n more names</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more; copying gives all</source>
        <translation>
            <numerusform>and %n more; copying gives all</numerusform>
            <numerusform>and %n more; copying gives all</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sealbook::CertificatePane</name>
    <message numerus="yes">
        <source>and %n more names</source>
        <translation>
            <numerusform>and %n more name</numerusform>
            <numerusform>and %n more names</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more; copying gives all</source>
        <translation>
            <numerusform>and %n more; copying gives all</numerusform>
            <numerusform>and %n more; copying gives all</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>failed %n times</source>
        <translation>
            <numerusform>failed once</numerusform>
            <numerusform>failed %n times</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sealbook::CertificatesPage</name>
    <message numerus="yes">
        <source>%n in the trash</source>
        <translation>
            <numerusform>%n in the trash</numerusform>
            <numerusform>%n in the trash</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hidden</source>
        <translation>
            <numerusform>%n hidden</numerusform>
            <numerusform>%n hidden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All %n certificates are hidden by what is switched on under “Hide”, or lie in the trash.</source>
        <translation>
            <numerusform>The only certificate is hidden by what is switched on under “Hide”, or lies in the trash.</numerusform>
            <numerusform>All %n certificates are hidden by what is switched on under “Hide”, or lie in the trash.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sealbook::CheckBar</name>
    <message numerus="yes">
        <source>Looked at %1 of %n endpoints</source>
        <translation>
            <numerusform>Looked at %1 of %n endpoint</numerusform>
            <numerusform>Looked at %1 of %n endpoints</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sealbook::CredentialActions</name>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 and %n more</numerusform>
            <numerusform>%1 and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sealbook::CredentialPane</name>
    <message numerus="yes">
        <source>%n more, none needed</source>
        <translation>
            <numerusform>%n more, none needed</numerusform>
            <numerusform>%n more, none needed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n more</numerusform>
            <numerusform>%n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sealbook::CredentialsPage</name>
    <message numerus="yes">
        <source>%n that can edit DNS</source>
        <translation>
            <numerusform>%n that can edit DNS</numerusform>
            <numerusform>%n that can edit DNS</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sealbook::DerTreeView</name>
    <message numerus="yes">
        <source>%1, at byte %2, %n bytes</source>
        <translation>
            <numerusform>%1, at byte %2, %n byte</numerusform>
            <numerusform>%1, at byte %2, %n bytes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sealbook::DnsStep</name>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 and %n more</numerusform>
            <numerusform>%1 and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Reaches all %n names</source>
        <translation>
            <numerusform>Reaches the name</numerusform>
            <numerusform>Reaches all %n names</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Does not reach %n names</source>
        <translation>
            <numerusform>Does not reach %n name</numerusform>
            <numerusform>Does not reach %n names</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sealbook::DoneStep</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 s, %n requests to the CA</source>
        <translation>
            <numerusform>%1 s, %n request to the CA</numerusform>
            <numerusform>%1 s, %n requests to the CA</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sealbook::EndpointModel</name>
    <message numerus="yes">
        <source>%n addresses</source>
        <translation>
            <numerusform>%n address</numerusform>
            <numerusform>%n addresses</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sealbook::EndpointPane</name>
    <message numerus="yes">
        <source>%1, %n checks</source>
        <translation>
            <numerusform>%1, %n check</numerusform>
            <numerusform>%1, %n checks</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sealbook::FirstRunPage</name>
    <message numerus="yes">
        <source>%n packages that are not installed. Run this first:</source>
        <translation>
            <numerusform>%n package that is not installed. Run this first:</numerusform>
            <numerusform>%n packages that are not installed. Run this first:</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sealbook::ImportReportPanel</name>
    <message numerus="yes">
        <source>and %n more lines like these</source>
        <translation>
            <numerusform>and %n more line like these</numerusform>
            <numerusform>and %n more lines like these</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sealbook::InterruptedBar</name>
    <message numerus="yes">
        <source>%n more jobs were, too.</source>
        <translation>
            <numerusform>%n more job was, too.</numerusform>
            <numerusform>%n more jobs were, too.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sealbook::IssuePage</name>
    <message numerus="yes">
        <source>%n names</source>
        <translation>
            <numerusform>%n name</numerusform>
            <numerusform>%n names</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sealbook::KeychainSection</name>
    <message numerus="yes">
        <source>%n private keys and tokens</source>
        <translation>
            <numerusform>%n private key or token</numerusform>
            <numerusform>%n private keys and tokens</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sealbook::LineageSection</name>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 and %n more</numerusform>
            <numerusform>%1 and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sealbook::MainWindow</name>
    <message numerus="yes">
        <source>Audit chain intact, %n entries</source>
        <translation>
            <numerusform>Audit chain intact, %n entry</numerusform>
            <numerusform>Audit chain intact, %n entries</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sealbook::MarkBar</name>
    <message numerus="yes">
        <source>Add to %n certificates the tag</source>
        <translation>
            <numerusform>Add to %n certificate the tag</numerusform>
            <numerusform>Add to %n certificates the tag</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Remove from %n certificates the tag</source>
        <translation>
            <numerusform>Remove from %n certificate the tag</numerusform>
            <numerusform>Remove from %n certificates the tag</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Owner of %n certificates</source>
        <translation>
            <numerusform>Owner of %n certificate</numerusform>
            <numerusform>Owner of %n certificates</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Note on %n certificates</source>
        <translation>
            <numerusform>Note on %n certificate</numerusform>
            <numerusform>Note on %n certificates</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n certificates tagged “%1”.</source>
        <translation>
            <numerusform>%n certificate tagged “%1”.</numerusform>
            <numerusform>%n certificates tagged “%1”.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Tag “%1” removed from %n certificates.</source>
        <translation>
            <numerusform>Tag “%1” removed from %n certificate.</numerusform>
            <numerusform>Tag “%1” removed from %n certificates.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n certificates have no owner now.</source>
        <translation>
            <numerusform>%n certificate has no owner now.</numerusform>
            <numerusform>%n certificates have no owner now.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n certificates belong to %1 now.</source>
        <translation>
            <numerusform>%n certificate belongs to %1 now.</numerusform>
            <numerusform>%n certificates belong to %1 now.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Note written onto %n certificates.</source>
        <translation>
            <numerusform>Note written onto %n certificate.</numerusform>
            <numerusform>Note written onto %n certificates.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sealbook::MonthCalendar</name>
    <message numerus="yes">
        <source>%n certificates expire</source>
        <translation>
            <numerusform>%n certificate expires</numerusform>
            <numerusform>%n certificates expire</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n credentials to rotate</source>
        <translation>
            <numerusform>%n credential to rotate</numerusform>
            <numerusform>%n credentials to rotate</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sealbook::NamesStep</name>
    <message numerus="yes">
        <source>%n names</source>
        <translation>
            <numerusform>%n name</numerusform>
            <numerusform>%n names</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n lines need a look</source>
        <translation>
            <numerusform>%n line needs a look</numerusform>
            <numerusform>%n lines need a look</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more lines</source>
        <translation>
            <numerusform>and %n more line</numerusform>
            <numerusform>and %n more lines</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sealbook::NeedModel</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sealbook::OutlookPane</name>
    <message numerus="yes">
        <source>%n endpoints checked</source>
        <translation>
            <numerusform>%n endpoint checked</numerusform>
            <numerusform>%n endpoints checked</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more in Activity</source>
        <translation>
            <numerusform>%n more in Activity</numerusform>
            <numerusform>%n more in Activity</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sealbook::OverviewPage</name>
    <message numerus="yes">
        <source>%n things need a person</source>
        <translation>
            <numerusform>%n thing needs a person</numerusform>
            <numerusform>%n things need a person</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n certificates, all fine</source>
        <translation>
            <numerusform>%n certificate, all fine</numerusform>
            <numerusform>%n certificates, all fine</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sealbook::PlacesSection</name>
    <message numerus="yes">
        <source>and %n more places</source>
        <translation>
            <numerusform>and %n more place</numerusform>
            <numerusform>and %n more places</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sealbook::RecordPage</name>
    <message numerus="yes">
        <source>%1, %n need a person</source>
        <translation>
            <numerusform>%1, %n needs a person</numerusform>
            <numerusform>%1, %n need a person</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sealbook::RecordsBox</name>
    <message numerus="yes">
        <source>%n TXT values</source>
        <translation>
            <numerusform>%n TXT value</numerusform>
            <numerusform>%n TXT values</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source> at %n names</source>
        <translation>
            <numerusform> at %n name</numerusform>
            <numerusform> at %n names</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sealbook::StateChips</name>
    <message numerus="yes">
        <source>%1: %n credentials</source>
        <translation>
            <numerusform>%1: %n credential</numerusform>
            <numerusform>%1: %n credentials</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sealbook::StatusArea</name>
    <message numerus="yes">
        <source>, and %n more</source>
        <translation>
            <numerusform>, and %n more</numerusform>
            <numerusform>, and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sealbook::TimelinePage</name>
    <message numerus="yes">
        <source>%n days</source>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %n before it</source>
        <translation>
            <numerusform>, %n before it</numerusform>
            <numerusform>, %n before it</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %n attempts failed</source>
        <translation>
            <numerusform>, %n attempt failed</numerusform>
            <numerusform>, %n attempts failed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n due</source>
        <translation>
            <numerusform>%n due</numerusform>
            <numerusform>%n due</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sealbook::ViewSwitches</name>
    <message numerus="yes">
        <source>Hide: %n kinds of certificates</source>
        <translation>
            <numerusform>Hide: %n kind of certificates</numerusform>
            <numerusform>Hide: %n kinds of certificates</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sealbook::WaitingPane</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sealbook::WatchActions</name>
    <message numerus="yes">
        <source>%1 %n need a person.</source>
        <translation>
            <numerusform>%1 %n needs a person.</numerusform>
            <numerusform>%1 %n need a person.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Looked at %n endpoints.</source>
        <translation>
            <numerusform>Looked at %n endpoint.</numerusform>
            <numerusform>Looked at %n endpoints.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Stopped after %n endpoints. What was seen until then is kept.</source>
        <translation>
            <numerusform>Stopped after %n endpoint. What was seen until then is kept.</numerusform>
            <numerusform>Stopped after %n endpoints. What was seen until then is kept.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sealbook::WatchPage</name>
    <message numerus="yes">
        <source>%n endpoints</source>
        <translation>
            <numerusform>%n endpoint</numerusform>
            <numerusform>%n endpoints</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n were watched already.</source>
        <translation>
            <numerusform>%n was watched already.</numerusform>
            <numerusform>%n were watched already.</numerusform>
        </translation>
    </message>
</context>
</TS>
