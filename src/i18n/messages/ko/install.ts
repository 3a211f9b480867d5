export const install = {
  'install.title': '홈 화면에 Buji 놓기',
  'install.why': '앱처럼 열리고, 연결이 없어도 열립니다. iPhone과 iPad에서는 홈 화면에서 열어야만 알림이 옵니다.',
  'install.button': 'Buji 설치',
  'install.installed': '이 휴대전화에 Buji가 설치되어 있습니다.',
  'install.here': '이 브라우저',
  'install.menu': '메뉴 {sign} 를 엽니다.',
  'install.add': '‘홈 화면에 추가’를 고르고, 물어보면 ‘설치’를 고릅니다.',
  'install.share': '주소 옆의 공유 버튼을 누릅니다.',
  'install.not-there': '찾을 수 없으면 이 페이지를 Safari에서 여세요.',
  'install.open': '거기에서 Buji를 열고 알림을 켭니다.',
  'install.apart':
    '설치한 앱은 브라우저와 따로 기억합니다. 앱이 알아보지 못하면 여기서 코드를 만들어 복사하고, 앱에서 그 코드로 로그인하세요.',
  'install.sign': '주소창 오른쪽 끝의 설치 표시를 누릅니다.',
  'install.chrome': '없으면: 메뉴 ⋮ → ‘전송, 저장, 공유’ → ‘페이지를 앱으로 설치’.',
  'install.edge': '없으면: 메뉴 ⋯ → ‘앱’ → ‘이 사이트를 앱으로 설치’.',
  'install.safari': '메뉴 ‘파일’ → ‘Dock에 추가’.',
  'install.firefox': '컴퓨터의 Firefox는 페이지를 설치하지 못합니다. 북마크해 두세요. Firefox가 열려 있는 동안 알림이 옵니다.',
} as const;
